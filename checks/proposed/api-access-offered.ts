import { Type } from "@sinclair/typebox";
import { accessRemediation } from "../../src/model/api-server/access-remediation.ts";
import { balancerList, balancerSeen } from "../../src/model/api-server/balancer-list.ts";
import { defineCheck } from "../../src/model/check.ts";
import { pass, undetermined } from "../../src/model/finding.ts";
import { counted } from "../../src/model/finding-lists.ts";

const declared = { fact: "management/api-access", reason: "not-visible", resolve: "a declaration" } as const;

export const apiAccessOffered = defineCheck({
  id: "proposed/api-access-offered",
  title: {
    pass: "Access to the API server is restricted to a list",
    fail: "Access to the API server cannot be restricted",
  },
  why: "Who cannot reach the API cannot try credentials on it.",
  looksAt:
    "Whether a list is applied to this cluster's load balancer, by its management cluster or by Octavia itself, which shows that it can be. That there is none says nothing of what is offered.",
  needs: { oneOf: [["management/api-access", "cloud/api-load-balancer"]] },
  parameters: Type.Object({}),
  remediation: accessRemediation,
  accepted: ["A list that is applied to this cluster shows the offer; that of other clusters is not looked at."],
  evaluate({ facts }) {
    const access = facts["management/api-access"];
    const balancer = facts["cloud/api-load-balancer"];
    const seen = balancerSeen(balancer);
    if (balancerList(balancer) === "closed")
      return pass("The listeners of this cluster's load balancer let in a list alone, by Octavia itself", seen);
    if (access.status === "unavailable")
      return undetermined(
        "No list is in effect at this cluster's load balancer, which says nothing of what is offered",
        [declared],
        seen,
      );
    const { applied, written, provider, kind, notApplied } = access.value;
    const observed = {
      kind,
      provider: provider ?? "the cloud's default",
      written: written ?? "no list",
      notApplied,
      ...seen,
    };
    const closed = applied !== null && applied.openTo.length === 0 && written !== null && notApplied === 0;
    if (closed && provider === "amphora")
      return pass(`A list of ${counted(applied.ranges, "range")} is applied to this cluster's load balancer`, observed);
    const because =
      written === null ? "No list is written for this cluster" : "That the list written is in effect is not shown";
    return undetermined(`${because}, which says nothing of what is offered`, [declared], observed);
  },
});
