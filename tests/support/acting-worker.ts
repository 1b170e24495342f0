/**
 * A process that acts on a cluster step by step and then cleans up, to be killed in between: `KUBECONFIG-FILE STATE-FOLDER`.
 * Says `step N` before each of its steps, and `ended` at the end.
 */
import { type Acting, startActing } from "../../src/kubernetes/acting/start.ts";
import { connect } from "../../src/kubernetes/connect.ts";
import { instantAt } from "../../src/model/instant.ts";
import type { JsonObject } from "../../src/model/json.ts";

const [kubeconfig = "", folder = ""] = process.argv.slice(2);
const connection = await connect({ kubeconfig, environment: {} });
const now = Date.now();
const acting = startActing({
  connection,
  folder,
  namespace: undefined,
  image: undefined,
  now: instantAt(now),
  expires: instantAt(now + 3_600_000),
});
let step = 0;
for (const work of steps(acting)) {
  step += 1;
  process.stdout.write(`step ${step}\n`);
  await work();
}
process.stdout.write("ended\n");
connection.close();

/** Pods wait for a gate that nobody lifts: there are no kubelets to end them. */
function steps({ actor, run, end }: Acting): readonly (() => Promise<unknown>)[] {
  const own = `scs-conformance-${run}`;
  const inside = (path: string, kind: string, purpose: string, more: JsonObject = {}) => {
    const [version = "", resource = ""] = path.split(":");
    const apiVersion = version.replace(/^apis?\//, "");
    const object = { apiVersion, kind, metadata: { name: actor.name(purpose) }, ...more };
    return () => actor.create(`/${version}/namespaces/${own}/${resource}`, object);
  };
  const spec = {
    schedulingGates: [{ name: "scs-conformance/never" }],
    containers: [{ name: "a", image: "example/never" }],
  };
  const labels = { app: "web" };
  return [
    () => actor.namespace({ podSecurity: "privileged" }),
    inside("api/v1:configmaps", "ConfigMap", "a"),
    inside("api/v1:serviceaccounts", "ServiceAccount", "account"),
    inside("api/v1:pods", "Pod", "writer", { spec }),
    () => actor.namespace({ purpose: "peers" }),
    inside("api/v1:services", "Service", "web", { spec: { ports: [{ port: 80 }], selector: labels } }),
    inside("apis/apps/v1:deployments", "Deployment", "web", {
      spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    }),
    () =>
      actor.createClusterScoped("/apis/rbac.authorization.k8s.io/v1/clusterroles", {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRole",
        metadata: { name: actor.name("scs-conformance") },
        rules: [],
      }),
    inside("api/v1:persistentvolumeclaims", "PersistentVolumeClaim", "data", {
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Mi" } } },
    }),
    () => end(60_000),
  ];
}
