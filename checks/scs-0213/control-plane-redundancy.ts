import { Type } from "@sinclair/typebox";
import { unseenApiServers } from "../../src/model/api-server/api-server-count.ts";
import { defineCheck } from "../../src/model/check.ts";
import { type Finding, fail, pass, theCluster, undetermined } from "../../src/model/finding.ts";
import { nonEmpty } from "../../src/model/finding-lists.ts";
import { controlPlaneInstances, type Instances } from "../../src/model/placement/control-plane-instances.ts";
import { aDeclaration } from "../../src/model/placement/control-plane-nodes.ts";
import { controlPlanePlacement } from "../../src/model/placement/placement-remediation.ts";
import { writtenReplicas } from "../../src/model/placement/written-replicas.ts";

export const controlPlaneRedundancy = defineCheck({
  id: "scs-0213/control-plane-redundancy",
  title: {
    pass: "The components of the control plane run at least twice",
    fail: "A component of the control plane runs only once",
  },
  why: "What runs once is gone when its machine is, and with it the cluster's API.",
  looksAt:
    "Live API servers by their identity leases; nodes with the control-plane role; static pods of each component. Leader leases of controller manager and scheduler are shown, one look at them counts nobody. Of a hidden control plane only the API servers are counted, which decides nothing about etcd and the controllers, unless the management cluster says that all of it runs once.",
  needs: {
    oneOf: [["kube/api-server-instances", "kube/nodes", "kube/control-plane-pods"]],
    uses: ["kube/leader-leases", "kube/platform", "management/control-plane"],
  },
  parameters: Type.Object({}),
  remediation: controlPlanePlacement,
  accepted: [
    "Where servers are nodes but show no static pods (k3s, etcd of Talos) each server counts for every component that it runs.",
    "An API server that is just being replaced counts as gone a minute after its lease was last renewed.",
  ],
  evaluate({ facts }) {
    const seen = controlPlaneInstances(facts);
    const { leases = 0, nodes = 0 } = seen;
    const written = writtenReplicas(facts["management/control-plane"]);
    const observed = { ...seen.observed, ...written.observed };
    const list = facts["kube/nodes"];
    const unseen =
      list.status === "unavailable" ? { fact: "kube/nodes", reason: list.reason, resolve: list.resolve } : aDeclaration;
    if (written.pods === 1 && leases <= 1 && nodes === 0) {
      const message = "The TenantControlPlane runs one replica: API server, controller manager and scheduler run once";
      return fail(message, observed, [
        { code: "single-replica", subject: theCluster, expected: "at least 2", actual: 1, message },
      ]);
    }
    if (leases > 0 && nodes === 0 && seen.pods.size === 0) {
      return undetermined(`${inWords(seen)}; the rest of the control plane is not visible`, [unseen], observed);
    }
    if (leases >= 2 || nodes >= 2) {
      const once = nonEmpty(componentsOnce(seen));
      if (once) return fail(`${once.map(({ subject }) => subject.name).join(" and ")} runs only once`, observed, once);
      const pods = facts["kube/control-plane-pods"];
      if (pods.status === "collected") return pass(inWords(seen), observed);
      const missing = { fact: "kube/control-plane-pods", reason: pods.reason, resolve: pods.resolve };
      return undetermined(`${inWords(seen)}; of the other components nothing could be read`, [missing], observed);
    }
    // Only both counts together disprove: several servers may share one host name, or run where no kubelet does.
    if (leases === 1 && (seen.addresses ?? 1) < 2 && nodes === 1) {
      const message = "There is exactly one API server alive, on the only control-plane node";
      return fail(message, observed, [
        { code: "single-api-server", subject: theCluster, expected: "at least 2", actual: 1, message },
      ]);
    }
    if (leases === 0) {
      const because = "How many API servers are alive is not visible, and fewer than two control-plane nodes are";
      return undetermined(because, [unseenApiServers(facts["kube/api-server-instances"])], observed);
    }
    return undetermined("One API server's lease is alive, but others may share it", [unseen], observed);
  },
});

/** Static pods are all listed where any is: one of a component is all there is of it in the cluster. */
function componentsOnce({ pods }: Instances): readonly Finding[] {
  return [...pods]
    .filter(([component, count]) => count === 1 && component !== "kube-apiserver")
    .map(([component]) => ({
      code: "single-component",
      subject: { kind: "Component", namespace: "kube-system", name: component },
      expected: "at least 2",
      actual: 1,
      message: `One static pod of ${component} is all there is of it`,
    }));
}

function inWords({ leases, nodes }: Instances): string {
  const servers = leases === undefined ? "" : `${leases} API server${leases === 1 ? " is" : "s are"} alive`;
  const on = nodes === undefined || nodes === 0 ? "" : `there are ${nodes} control-plane nodes`;
  const text = [servers, on].filter((part) => part !== "").join(", ");
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
