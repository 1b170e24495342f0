import { Type } from "@sinclair/typebox";
import { apiServersByFlags } from "../../src/model/api-server/api-server-flags.ts";
import { apiServerFlags } from "../../src/model/api-server/api-server-remediation.ts";
import { concurrencyLimit, limitText } from "../../src/model/api-server/concurrency-limit.ts";
import {
  answering,
  type Limiter,
  limiterByAnswer,
  limiterByFlags,
  limiterSources,
  provenLimit,
} from "../../src/model/api-server/request-limiter.ts";
import { defineCheck } from "../../src/model/check.ts";
import { type Finding, fail, pass, undetermined } from "../../src/model/finding.ts";
import { nonEmpty } from "../../src/model/finding-lists.ts";

export const requestLimit = defineCheck({
  id: "scs-0215/request-limit",
  title: {
    pass: "Every API server limits the requests it runs at once",
    fail: "An API server runs requests without a limit",
  },
  why: "Without a limit one busy client brings the API server down for all.",
  looksAt:
    "The effect, not the flags' letter: priority and fairness on, or both in-flight limits above 0, by the flags of every API server or, if there is only one, by what it answers. The seats of the priority levels give the sum of the limits in force, within their rounding. At tier system a limit of the run's own is tried.",
  needs: {
    oneOf: [limiterSources],
    uses: ["kube/api-server-instances", "kube/api-server-metrics", "kube/priority-levels"],
  },
  parameters: Type.Object({}),
  remediation: apiServerFlags(
    "Leave priority and fairness on (remove `--enable-priority-and-fairness=false`), or set both in-flight limits above 0.",
    { "enable-priority-and-fairness": "true" },
    { gardener: "Set `spec.kubernetes.kubeAPIServer.requests` of the Shoot (defaults 400 and 200)." },
  ),
  accepted: [
    "The limits by default (400 reading, 200 changing) count: requests are limited, whoever chose the number.",
  ],
  evaluate({ facts }) {
    const view = apiServersByFlags(facts);
    const byFlags = view.servers.map((server) => ({ subject: server.subject, limiter: limiterByFlags(server) }));
    const byAnswer = { subject: answering, limiter: limiterByAnswer(facts) };
    const limit = concurrencyLimit(facts["kube/api-server-metrics"], facts["kube/priority-levels"]);
    const inForce = limit ? `; the one that answered has an effective limit of ${limitText(limit)} requests` : "";
    const tried = provenLimit(facts["kube/throttling"]);
    const observed = {
      apiServersAlive: view.live ?? "not known",
      byFlags: byFlags.map(({ subject, limiter }) => ({ apiServer: subject.name, limiter: textOf(limiter) })),
      byAnswer: textOf(byAnswer.limiter),
      ...(limit ? { effectiveLimitOnOne: limitText(limit) } : {}),
      ...(tried === undefined ? {} : { tried }),
    };
    const findings = [...byFlags, byAnswer].flatMap(({ subject, limiter }): readonly Finding[] =>
      limiter.kind === "unlimited"
        ? [
            {
              code: "requests-unlimited",
              subject,
              expected: "a limit above 0",
              actual: limiter.text,
              message: `Priority and fairness is off, and a limit of 0 means none: ${limiter.text}`,
            },
          ]
        : [],
    );
    const violations = nonEmpty(findings);
    if (violations)
      return fail("An API server without priority and fairness has an in-flight limit of 0", observed, violations);
    const open = byFlags.filter(({ limiter }) => limiter.kind === "unknown").length;
    if (view.complete && open === 0) return pass(`All ${byFlags.length} API servers limit requests`, observed);
    if (view.live === 1 && byAnswer.limiter.kind !== "unknown")
      return pass(`The only API server limits requests: ${textOf(byAnswer.limiter)}${inForce}`, observed);
    const hidden = { fact: "kube/control-plane-pods", reason: "not-visible", resolve: "a declaration" } as const;
    return undetermined(
      `${view.text}${open > 0 ? `, and ${open} of them do not tell the limits` : ""}${inForce}`,
      view.complete ? [hidden] : view.missing,
      observed,
    );
  },
});

function textOf(limiter: Limiter): string {
  switch (limiter.kind) {
    case "fairness":
      return "priority and fairness";
    case "unknown":
      return "not shown";
    default:
      return limiter.text;
  }
}
