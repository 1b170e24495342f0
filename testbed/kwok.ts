import { stringify } from "yaml";
import { network } from "./options.ts";

/** Marks a node that kwok keeps alive and whose pods it runs. */
export const kwokAnnotation = { "kwok.x-k8s.io/node": "fake" } as const;

/** kwok's configuration file: options and the stages it plays. Long leases: 5,000 nodes on two cores renew no faster. */
export function kwokConfiguration(port: number, stages: string): string {
  const configuration = {
    apiVersion: "config.kwok.x-k8s.io/v1alpha1",
    kind: "KwokConfiguration",
    options: {
      manageNodesWithAnnotationSelector: "kwok.x-k8s.io/node=fake",
      nodeLeaseDurationSeconds: 1200,
      nodeLeaseParallelism: 16,
      nodePlayStageParallelism: 16,
      podPlayStageParallelism: 16,
      enableLeaderElection: false,
      cidr: network.pods.v4,
      serverAddress: `127.0.0.1:${port}`,
    },
  };
  return `${stringify(configuration)}---\n${stages}`;
}
