import { dnsService } from "../addresses.ts";
import type { Plan } from "../plan.ts";
import { account, configMap, rule, workload } from "./daemons.ts";

/** No `forward`: there is nothing beyond the cluster to ask. */
const corefile = `.:53 {
    errors
    health {
        lameduck 1s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        ttl 5
    }
    prometheus :9153
    cache 5
    reload
    loadbalance
}
`;

/** CoreDNS as kubeadm installs it, on its service addresses. */
export function coreDns({ dualStack }: Plan): readonly object[] {
  const labels = { "k8s-app": "kube-dns" };
  const reading = ["list", "watch"];
  const port = (name: string, protocol: "TCP" | "UDP") => ({ name, port: 53, protocol });
  const get = (place: string, number: number) => ({ httpGet: { path: place, port: number } });
  return [
    ...account("coredns", [
      rule([""], ["endpoints", "services", "pods", "namespaces"], reading),
      rule(["discovery.k8s.io"], ["endpointslices"], reading),
    ]),
    configMap("coredns", { Corefile: corefile }),
    workload(
      {
        name: "coredns",
        labels,
        containers: [
          {
            name: "coredns",
            binary: "coredns",
            args: ["-conf", "/etc/coredns/Corefile"],
            mounts: { configuration: "/etc/coredns" },
            fields: {
              ports: [
                { name: "dns", containerPort: 53, protocol: "UDP" },
                { name: "dns-tcp", containerPort: 53, protocol: "TCP" },
                { name: "metrics", containerPort: 9153, protocol: "TCP" },
              ],
              livenessProbe: { ...get("/health", 8080), failureThreshold: 8, timeoutSeconds: 10 },
              readinessProbe: { ...get("/ready", 8181), periodSeconds: 1, timeoutSeconds: 5 },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { add: ["NET_BIND_SERVICE"], drop: ["ALL"] },
                readOnlyRootFilesystem: true,
              },
            },
          },
        ],
        volumes: { configuration: { configMap: { name: "coredns" } } },
        pod: { dnsPolicy: "Default", priorityClassName: "system-cluster-critical" },
      },
      2,
    ),
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: "kube-dns",
        namespace: "kube-system",
        labels: { ...labels, "kubernetes.io/cluster-service": "true", "kubernetes.io/name": "CoreDNS" },
      },
      spec: {
        clusterIP: dnsService.v4,
        clusterIPs: dualStack ? [dnsService.v4, dnsService.v6] : [dnsService.v4],
        ipFamilies: dualStack ? ["IPv4", "IPv6"] : ["IPv4"],
        ipFamilyPolicy: dualStack ? "RequireDualStack" : "SingleStack",
        selector: labels,
        ports: [port("dns", "UDP"), port("dns-tcp", "TCP")],
      },
    },
  ];
}
