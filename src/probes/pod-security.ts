import type { ClusterAsker } from "../model/asking.ts";
import type { ClusterReader } from "../model/cluster.ts";
import { read } from "../model/fact.ts";
import type { PodSecurityFact } from "../model/facts/answers.ts";
import { defineProbe } from "../model/probe.ts";
import { isAccepted, lacksRight, messageOf } from "./said.ts";
import { textAt } from "./untrusted.ts";

const enforce = "pod-security.kubernetes.io/enforce";
const namespace = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { generateName: "scs-conformance-", labels: { [enforce]: "bogus" } },
};
/** Breaks the level `baseline`, by nothing but its security context. */
const privilegedPod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { generateName: "scs-conformance-" },
  spec: {
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    containers: [
      {
        name: "never-runs",
        image: "scs-conformance.example/never-pulled",
        securityContext: { privileged: true },
        resources: { requests: { cpu: "1m", memory: "1Mi" }, limits: { cpu: "1m", memory: "1Mi" } },
      },
    ],
  },
};

export const podSecurityProbe = defineProbe({
  id: "kube/pod-security",
  title: "Pod Security admission and its default level, by dry runs",
  tier: "dry-run",
  rights: [
    { kind: "resource", verb: "create", group: "", resource: "namespaces" },
    { kind: "resource", verb: "create", group: "", resource: "pods", namespace: "default" },
    { kind: "resource", verb: "get", group: "", resource: "namespaces", name: "default" },
  ],
  asks: { dryRuns: true },
  requests: 3,
  resolve: { forbidden: "the right to create namespaces" },
  async collect({ ask, cluster }) {
    const said = await ask.create("/api/v1/namespaces", namespace);
    if (!said.ok) return said;
    const forbidden = lacksRight(said.value, "create");
    if (forbidden) return forbidden;
    const refused = said.value.status === 422 && messageOf(said.value).includes(enforce);
    const pod = await privileged(ask, cluster);
    return read({
      admission: isAccepted(said.value) ? false : refused ? true : null,
      ...(pod ? { privilegedPod: pod } : {}),
    });
  },
});

async function privileged(ask: ClusterAsker, cluster: ClusterReader): Promise<PodSecurityFact["privilegedPod"]> {
  const said = await ask.create("/api/v1/namespaces/default/pods", privilegedPod);
  if (!said.ok || lacksRight(said.value, "create")) return undefined;
  const namespace = await cluster.json("/api/v1/namespaces/default");
  const labelled = namespace.ok ? textAt(namespace.value, "metadata", "labels", enforce) !== undefined : null;
  if (isAccepted(said.value)) return { refused: false, labelled };
  const level = /violates PodSecurity "(baseline|restricted):/.exec(messageOf(said.value))?.[1];
  return { refused: true, labelled, ...(level === undefined ? {} : { level }) };
}
