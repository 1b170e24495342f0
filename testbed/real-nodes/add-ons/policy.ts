import { account, machinePrograms, nodeName, rule, workload } from "./daemons.ts";

/** What enforces NetworkPolicy on every node; see testbed/policy. */
export function policyEnforcement(): readonly object[] {
  const reading = ["get", "list", "watch"];
  return [
    ...account("network-policy", [
      rule([""], ["pods", "namespaces"], reading),
      rule(["networking.k8s.io"], ["networkpolicies"], reading),
    ]),
    workload({
      name: "network-policy",
      labels: { "k8s-app": "network-policy" },
      pod: { hostNetwork: true },
      containers: [
        {
          name: "policy",
          binary: "policy",
          args: ["--node=$(NODE_NAME)"],
          mounts: machinePrograms.mounts,
          fields: { env: [nodeName], securityContext: { privileged: true } },
        },
      ],
      volumes: machinePrograms.volumes,
    }),
  ];
}
