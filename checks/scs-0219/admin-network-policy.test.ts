import { describeCheck } from "../../tests/support/check-table.ts";
import { adminNetworkPolicy } from "./admin-network-policy.ts";

const installed = (...names: string[]) => ({
  facts: { "kube/custom-resources": { total: 40, relevant: names.map((name) => `${name}.policy.networking.k8s.io`) } },
});

describeCheck(
  adminNetworkPolicy,
  ["pass", "undetermined"],
  [
    { name: "both resources", ...installed("adminnetworkpolicies", "baselineadminnetworkpolicies"), outcome: "pass" },
    { name: "their successor", ...installed("clusternetworkpolicies"), outcome: "pass" },
    { name: "one of two", ...installed("adminnetworkpolicies"), outcome: "undetermined", because: /^Only admin/ },
    { name: "none is never a failure", ...installed(), outcome: "undetermined", missing: ["a declaration"] },
  ],
);
