import { Type } from "@sinclair/typebox";
import { accessRemediation } from "../../src/model/api-server/access-remediation.ts";
import { defineCheck } from "../../src/model/check.ts";
import { pass, undetermined } from "../../src/model/finding.ts";
import { counted } from "../../src/model/finding-lists.ts";

const declared = { fact: "management/api-access", reason: "not-visible", resolve: "a declaration" } as const;

export const apiAccessOffered = defineCheck({
  id: "proposed/api-access-offered",
  title: {
    pass: "The management cluster restricts access to the API server to a list",
    fail: "Access to the API server cannot be restricted",
  },
  why: "Who cannot reach the API cannot try credentials on it.",
  looksAt:
    "Whether a list is applied to this cluster's load balancer, which shows that it can be. That none is written says nothing of what is offered.",
  needs: { all: ["management/api-access"] },
  parameters: Type.Object({}),
  remediation: accessRemediation,
  accepted: ["A list that is applied to this cluster shows the offer; that of other clusters is not looked at."],
  evaluate({ facts }) {
    const { applied, written, provider, kind, notApplied } = facts["management/api-access"];
    const observed = { kind, provider: provider ?? "the cloud's default", written: written ?? "no list", notApplied };
    const closed = applied !== null && applied.openTo.length === 0 && written !== null && notApplied === 0;
    if (closed && provider === "amphora")
      return pass(`A list of ${counted(applied.ranges, "range")} is applied to this cluster's load balancer`, observed);
    const because =
      written === null ? "No list is written for this cluster" : "That the list written is in effect is not shown";
    return undetermined(`${because}, which says nothing of what is offered`, [declared], observed);
  },
});
