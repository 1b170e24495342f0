import type { Publishing } from "../options.ts";
import type { Plan } from "../plan.ts";
import { account, hostPath, machinePrograms, rule, workload } from "./daemons.ts";

/** Addresses that Services and Ingresses can get. */
const places = 10;

/** What gives Services of type LoadBalancer and Ingresses their addresses; see testbed/publish. Its IngressClass is the default. */
export function publishing({ bridge, dualStack }: Plan, kind: Publishing): readonly object[] {
  if (kind === "none") return [];
  const pairs = Array.from({ length: places }, (_, index) => bridge.published(index));
  const ipv6 = dualStack ? [`--ipv6=${pairs.map(({ v6 }) => v6).join(",")}`] : [];
  return [
    ...account("publish", [
      rule([""], ["services"], ["get", "list", "watch", "patch"]),
      rule([""], ["services/status"], ["patch"]),
      rule(["networking.k8s.io"], ["ingresses"], ["get", "list", "watch"]),
      rule(["networking.k8s.io"], ["ingresses/status"], ["patch"]),
    ]),
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: { name: "testbed", annotations: { "ingressclass.kubernetes.io/is-default-class": "true" } },
      spec: { controller: "testbed.local/publish" },
    },
    workload(
      {
        name: "publish",
        labels: { "k8s-app": "publish" },
        pod: { hostNetwork: true },
        containers: [
          {
            name: "publish",
            binary: "publish",
            args: [`--ipv4=${pairs.map(({ v4 }) => v4).join(",")}`, ...ipv6, ...(kind === "deaf" ? ["--deaf"] : [])],
            // `ip` of /usr/sbin is a link to that of /bin
            mounts: { ...machinePrograms.mounts, bin: "/bin" },
            fields: { securityContext: { privileged: true } },
          },
        ],
        volumes: { ...machinePrograms.volumes, bin: hostPath("/usr/bin") },
      },
      1,
    ),
  ];
}
