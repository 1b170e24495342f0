import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { managedCluster } from "./managed-cluster.ts";
import { resources, rightsTo } from "./served-objects.ts";
import { textAt } from "./untrusted.ts";

/** Completes "n need ..."; the same wherever the management view does not find the cluster. */
export const unprovenResolve = {
  "not-visible":
    "a proof that it is this cluster (machines there with the provider ids of nodes here, or this kubeconfig's server as a public endpoint there), and `--cluster NAMESPACE/NAME` where there are several",
  "not-found": "`--cluster NAMESPACE/NAME` of a cluster that is there",
  "not-served": "a management cluster of Cluster API, Kamaji or Gardener",
} as const;

/** Kinds are words of an API, nobody's names. */
const kindForm = /^[A-Z][A-Za-z0-9]{0,62}$/;

export const managementClusterProbe = defineProbe({
  id: "management/cluster",
  title: "the object that stands for this cluster there",
  view: "management",
  tier: "observe",
  rights: rightsTo(
    ["get", "list"],
    resources.clusters,
    resources.machines,
    resources.tenantControlPlanes,
    resources.shoots,
    resources.seedClusters,
  ).filter((right) => right.kind === "path" || right.resource !== "machines" || right.verb === "list"),
  requests: 3,
  after: ["management/apis", "kube/nodes"],
  resolve: unprovenResolve,
  async collect(context) {
    const reading = await managedCluster(context);
    if (!reading.ok) return reading;
    const { kind, at, object, candidates, proof } = reading.value;
    const kindOf = (key: string) => {
      const text = textAt(object, "spec", key, "kind");
      return text !== undefined && kindForm.test(text) ? text : undefined;
    };
    const [infrastructure, controlPlane] = [kindOf("infrastructureRef"), kindOf("controlPlaneRef")];
    return read({
      kind,
      apiVersion: textAt(object, "apiVersion") ?? "",
      ref: context.redactor.pseudonym("managed-cluster", `${at.namespace}/${at.name}`),
      candidates,
      named: context.managed !== undefined,
      proof,
      ...(infrastructure === undefined ? {} : { infrastructure }),
      ...(controlPlane === undefined ? {} : { controlPlane }),
    });
  },
});
