import { Type } from "@sinclair/typebox";
import { apiServersByFlags } from "../../src/model/api-server/api-server-flags.ts";
import { apiServerFlags } from "../../src/model/api-server/api-server-remediation.ts";
import { answering, fairnessOff, limiterByFlags, limiterSources } from "../../src/model/api-server/request-limiter.ts";
import { defineCheck } from "../../src/model/check.ts";
import { type Finding, fail, pass, type Subject, undetermined } from "../../src/model/finding.ts";
import { nonEmpty } from "../../src/model/finding-lists.ts";

export const priorityAndFairness = defineCheck({
  id: "scs-0215/priority-and-fairness",
  title: {
    pass: "API priority and fairness is active on every API server",
    fail: "API priority and fairness is switched off",
  },
  why: "It queues and sorts requests, so that a flood of one client does not starve the system's own.",
  looksAt:
    "The flags of every API server (on unless switched off), the post-start hook and the response headers of the one that answered; at tier system whether a priority level of the run's own rejects. Existing FlowSchemas prove nothing: they are made even when it is off.",
  needs: {
    oneOf: [limiterSources],
    uses: ["kube/api-server-instances"],
  },
  parameters: Type.Object({}),
  remediation: apiServerFlags(
    "Remove `--enable-priority-and-fairness=false`: it is on by default.",
    { "enable-priority-and-fairness": "true" },
    {
      gardener:
        "It is on unless somebody switched it off; the Shoot has no field for it: ask the operator to remove what does.",
    },
  ),
  accepted: ["That it is active counts; its FlowSchemas and priority levels may be set so that they protect little."],
  evaluate({ facts }) {
    const view = apiServersByFlags(facts);
    const byFlags = view.servers.map((server) => ({ subject: server.subject, kind: limiterByFlags(server).kind }));
    const off = fairnessOff(facts);
    const observed = {
      apiServersAlive: view.live ?? "not known",
      byFlags: byFlags.map(({ subject, kind }) => ({
        apiServer: subject.name,
        active: kind === "unknown" ? "not shown" : kind === "fairness",
      })),
      byAnswer: off === undefined ? "not shown" : !off,
    };
    const without = byFlags
      .filter(({ kind }) => kind === "in-flight" || kind === "unlimited")
      .map(({ subject }) => subject);
    const violations = nonEmpty([...without, ...(off ? [answering] : [])].map(switchedOff));
    if (violations) return fail("An API server runs without priority and fairness", observed, violations);
    const open = byFlags.filter(({ kind }) => kind === "unknown").length;
    if (view.complete && open === 0) return pass(`Active on all ${byFlags.length} API servers`, observed);
    if (view.live === 1 && off === false) return pass("Active on the only API server", observed);
    const hidden = { fact: "kube/control-plane-pods", reason: "not-visible", resolve: "a declaration" } as const;
    const answer = off === false ? "; the one that answered has it active" : "";
    return undetermined(`${view.text}${answer}`, view.complete ? [hidden] : view.missing, observed);
  },
});

function switchedOff(subject: Subject): Finding {
  const message = "Priority and fairness is switched off on this API server";
  return { code: "fairness-off", subject, expected: true, actual: false, message };
}
