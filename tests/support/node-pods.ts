/** Pods of tests on real nodes: agnhost, which serves and connects, at a chosen node. */

import { agnhostImages } from "../../testbed/real-nodes/images.ts";
import type { RealNodes } from "../../testbed/real-nodes/real-nodes.ts";

export interface TestPod {
  readonly name: string;
  readonly node: string;
  /** Claim names by mount point. */
  readonly claims?: Readonly<Record<string, string>>;
}

/** Waits until it is ready. */
export async function startPod(cluster: RealNodes, namespace: string, pod: TestPod): Promise<void> {
  const claims = Object.entries(pod.claims ?? {});
  const object = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: pod.name, namespace, labels: { app: pod.name } },
    spec: {
      terminationGracePeriodSeconds: 1,
      // a selector, not a node name: what waits for its first consumer is decided by the scheduler
      nodeSelector: { "kubernetes.io/hostname": pod.node },
      tolerations: [{ operator: "Exists" }],
      containers: [
        {
          name: "agnhost",
          image: agnhostImages[0],
          imagePullPolicy: "Never",
          command: ["/agnhost", "netexec", "--http-port=8080", "--udp-port=-1"],
          readinessProbe: { httpGet: { path: "/", port: 8080 }, periodSeconds: 1 },
          volumeMounts: claims.map(([mountPath], index) => ({ name: `claim-${index}`, mountPath })),
        },
      ],
      volumes: claims.map(([, claimName], index) => ({
        name: `claim-${index}`,
        persistentVolumeClaim: { claimName },
      })),
    },
  };
  await cluster.apply(JSON.stringify(object));
  await cluster.kubectl([
    "wait",
    `--namespace=${namespace}`,
    `pod/${pod.name}`,
    "--for=condition=Ready",
    "--timeout=90s",
  ]);
}

/** The pod's addresses, IPv4 first. */
export async function addressesOf(cluster: RealNodes, namespace: string, name: string): Promise<readonly string[]> {
  const pod = (await cluster.api.json("GET", `/api/v1/namespaces/${namespace}/pods/${name}`)) as {
    readonly status: { readonly podIPs: readonly { readonly ip: string }[] };
  };
  return pod.status.podIPs.map(({ ip }) => ip);
}

/** What a shell command in the pod writes. */
export function runIn(cluster: RealNodes, namespace: string, name: string, script: string): Promise<string> {
  return cluster.kubectl(["exec", `--namespace=${namespace}`, name, "--", "sh", "-c", script]);
}

/** Whether a pod gets a TCP connection to the address or name at port 8080 within 3 s. */
export async function connects(cluster: RealNodes, namespace: string, from: string, to: string): Promise<boolean> {
  const place = to.includes(":") ? `[${to}]:8080` : `${to}:8080`;
  const said = await runIn(
    cluster,
    namespace,
    from,
    `/agnhost connect --timeout=3s '${place}' 2>&1 && echo CONNECTED || true`,
  );
  if (!/^(CONNECTED|TIMEOUT|REFUSED|DNS)\s*$/m.test(said)) {
    throw new Error(`agnhost said: ${said}`);
  }
  return said.includes("CONNECTED");
}
