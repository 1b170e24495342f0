import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { pass, undetermined } from "../../src/model/finding.ts";

const group = "policy.networking.k8s.io";
const admin = `adminnetworkpolicies.${group}`;
const baseline = `baselineadminnetworkpolicies.${group}`;
/** The API that replaces both (network-policy-api v1alpha2). */
const successor = `clusternetworkpolicies.${group}`;

export const adminNetworkPolicy = defineCheck({
  id: "scs-0219/admin-network-policy",
  title: {
    pass: "The resources for cluster-wide network policies are installed",
    fail: "The resources for cluster-wide network policies are not installed",
  },
  why: "Administrators need rules that no namespace can override.",
  looksAt: `CustomResourceDefinitions of ${group}. Their absence decides nothing: the text is content with a plugin that is working on support.`,
  needs: { all: ["kube/custom-resources"] },
  parameters: Type.Object({}),
  remediation: {
    text: "Use a network plugin that supports AdminNetworkPolicy and BaselineAdminNetworkPolicy (or their successor ClusterNetworkPolicy), and install its CustomResourceDefinitions.",
  },
  accepted: ["An installed resource does not prove that the plugin enforces it."],
  evaluate({ facts }) {
    const { relevant, total } = facts["kube/custom-resources"];
    const installed = [admin, baseline, successor].filter((name) => relevant.includes(name));
    const observed = { customResources: total, installed };
    if (installed.includes(successor) || (installed.includes(admin) && installed.includes(baseline)))
      return pass(`Installed: ${installed.join(", ")}`, observed);
    const because =
      installed.length > 0 ? `Only ${installed.join(", ")} is installed` : `No resource of ${group} is installed`;
    const missing = { fact: "kube/custom-resources", reason: "not-visible", resolve: "a declaration" } as const;
    return undetermined(`${because}; whether the plugin is working on support cannot be seen`, [missing], observed);
  },
});
