import { Type } from "@sinclair/typebox";
import { accessRemediation } from "../../src/model/api-server/access-remediation.ts";
import { type BalancerList, balancerList, balancerSeen } from "../../src/model/api-server/balancer-list.ts";
import { defineCheck } from "../../src/model/check.ts";
import type { ManagementApiAccessFact } from "../../src/model/facts/api-access.ts";
import { type CheckResult, fail, notApplicable, pass, theCluster, undetermined } from "../../src/model/finding.ts";
import { counted } from "../../src/model/finding-lists.ts";
import type { JsonObject } from "../../src/model/json.ts";

const atTheBalancer = {
  fact: "management/api-access",
  reason: "not-visible",
  resolve: "the load balancer's own list at the cloud, or a look from an address that is not on it",
} as const;

export const apiAccessInEffect = defineCheck({
  id: "proposed/api-access-in-effect",
  title: {
    pass: "The access list that is written for the API server is applied to its load balancer",
    fail: "The access list that is written for the API server is not applied to its load balancer",
  },
  why: "A list that is written down and not applied gives a false sense of a closed door.",
  looksAt:
    "The status of the OpenStackCluster in the management cluster against its spec: every range that is written, and none that lets everybody in. Octavia's provider ovn cannot apply such a list, whatever the status says, and with the cloud's view Octavia itself is asked. Kamaji and Gardener show what is written only.",
  needs: { all: ["management/api-access"], uses: ["cloud/api-load-balancer"] },
  parameters: Type.Object({}),
  remediation: accessRemediation,
  accepted: [
    "What the controller writes into the status is believed: it does so after the load balancer has taken the list.",
    "A list that was written just now and is being applied counts as not applied.",
  ],
  evaluate({ facts }) {
    const access = facts["management/api-access"];
    const { written, applied, provider, kind } = access;
    const observed: JsonObject = {
      kind,
      loadBalancer: access.loadBalancer ?? "not known",
      provider: provider ?? "the cloud's default",
      written: written ?? "no list",
      applied: applied ?? "not reported",
      notApplied: access.notApplied,
      ...balancerSeen(facts["cloud/api-load-balancer"]),
    };
    if (written === null) return notApplicable("No access list is written for this cluster", observed);
    if (written.ranges === 0)
      return undetermined("The list that is written holds no range that can be read", [atTheBalancer], observed);
    if (kind !== "OpenStackCluster") {
      const because = `${counted(written.ranges, "range")} is written in the ${kind}, which does not say whether it is applied`;
      return undetermined(because, [atTheBalancer], observed);
    }
    return judgeStatus(access, observed, balancerList(facts["cloud/api-load-balancer"]));
  },
});

function judgeStatus(
  { written, applied, notApplied, provider, loadBalancer }: ManagementApiAccessFact,
  observed: JsonObject,
  atOctavia: BalancerList,
): CheckResult {
  const wrong = (code: string, message: string, actual: string | number) =>
    fail(message, observed, [{ code, subject: theCluster, expected: "every range that is written", actual, message }]);
  if (loadBalancer === false)
    return wrong("no-load-balancer", "An access list is written, but no load balancer that could apply it", "none");
  const ranges = counted(written?.ranges ?? 0, "range");
  if (applied === null) return wrong("list-not-applied", `${ranges} is written, the status reports none as applied`, 0);
  const opened = applied.openTo.filter((family) => written?.openTo.includes(family) === false);
  if (opened.length > 0)
    return wrong(
      "open-to-everybody",
      `The list that is applied lets everybody in over ${opened.join(" and ")}`,
      opened.join(", "),
    );
  if (notApplied > 0)
    return wrong("ranges-not-applied", `${notApplied} of ${ranges} that is written is not applied`, notApplied);
  if (atOctavia === "open" && written?.openTo.length === 0)
    return wrong("open-at-the-balancer", "The load balancer itself lets everybody in, at Octavia", "no list in effect");
  if (atOctavia === "closed")
    return pass(`All of the list (${ranges}) is applied, and Octavia's listeners let nobody else in`, observed);
  if (provider === "amphora") return pass(`All of the list (${ranges}) is applied to the load balancer`, observed);
  const because =
    provider === "ovn"
      ? "The status says that the list is applied, but Octavia's provider ovn cannot do that"
      : "The status says that the list is applied, but which provider of Octavia should do it is not written";
  return undetermined(because, [atTheBalancer], observed);
}
