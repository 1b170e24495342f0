/** Pod number `index` of a load, bound to the node: two containers with the usual fields, 4 KB once stored. */
export function podObject(index: number, nodeName: string): object {
  const app = `app-${String(Math.floor(index / 10)).padStart(5, "0")}`;
  const probe = { httpGet: { path: "/healthz", port: 8080 } };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: `${app}-${String(index).padStart(6, "0")}`,
      labels: {
        app,
        "app.kubernetes.io/name": app,
        "app.kubernetes.io/instance": app,
        "app.kubernetes.io/version": "1.2.3",
        "pod-template-hash": index.toString(16).padStart(8, "0"),
      },
      annotations: {
        "prometheus.io/scrape": "true",
        "prometheus.io/port": "8080",
        "checksum/config": index.toString(16).padStart(64, "0"),
      },
    },
    spec: {
      nodeName,
      terminationGracePeriodSeconds: 1,
      tolerations: [{ operator: "Exists" }],
      containers: [
        {
          name: "main",
          image: "registry.invalid/app:1.2.3",
          command: ["/app", "--listen=:8080"],
          ports: [{ name: "http", containerPort: 8080 }],
          env: [
            { name: "MODE", value: "production" },
            { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
          ],
          resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "128Mi" } },
          readinessProbe: probe,
          livenessProbe: probe,
          securityContext: {
            runAsNonRoot: true,
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            seccompProfile: { type: "RuntimeDefault" },
          },
        },
        {
          name: "sidecar",
          image: "registry.invalid/sidecar:0.1",
          resources: { requests: { cpu: "10m", memory: "16Mi" } },
        },
      ],
    },
  };
}
