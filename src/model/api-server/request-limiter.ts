/** What limits the requests at an API server: priority and fairness (KEP-1040), or the two in-flight limits. */

import type { Fact } from "../fact.ts";
import type { FlagzFact, ReadyzFact } from "../facts/control-plane.ts";
import type { FlowControlHeadersFact, ThrottlingFact } from "../facts/flow-control.ts";
import type { Subject } from "../finding.ts";
import { type ApiServer, setting } from "./api-server-flags.ts";

/** `unlimited` names the kinds of requests whose limit is switched off by 0. */
export type Limiter =
  | { readonly kind: "fairness" }
  | { readonly kind: "in-flight"; readonly text: string }
  | { readonly kind: "unlimited"; readonly text: string }
  | { readonly kind: "unknown" };

/** Facts that show what limits requests: flags, and what one API server answers. */
export const limiterSources = [
  "kube/control-plane-pods",
  "kube/node-args",
  "kube/readyz",
  "kube/flow-control-headers",
  "kube/flagz",
  "kube/throttling",
] as const;

/** The API server behind the connection, whichever of several it was. */
export const answering: Subject = { kind: "APIServer", name: "" };

const off = /^(false|f|0)$/i;

/** By flags: without any, priority and fairness is on (default since 1.20) and 400 and 200 are the limits. */
export function limiterByFlags(server: Pick<ApiServer, "flags" | "hidesFlags">): Limiter {
  const fairness = setting(server, "enable-priority-and-fairness");
  const gates = setting(server, "feature-gates");
  const gateOff = gates.state === "set" && (gates.value ?? "").split(",").includes("APIPriorityAndFairness=false");
  if (fairness.state === "unknown" || (fairness.state === "set" && fairness.value === undefined))
    return { kind: "unknown" };
  if (!gateOff && (fairness.state === "absent" || !off.test(fairness.value ?? ""))) return { kind: "fairness" };
  return byInFlight(server);
}

function byInFlight(server: Pick<ApiServer, "flags" | "hidesFlags">): Limiter {
  const limits = [
    limitOf(server, "max-requests-inflight", 400),
    limitOf(server, "max-mutating-requests-inflight", 200),
  ];
  const [reading, changing] = limits;
  if (reading === undefined || changing === undefined) return { kind: "unknown" };
  const text = `${reading} reading and ${changing} changing requests in flight`;
  return { kind: reading === 0 || changing === 0 ? "unlimited" : "in-flight", text };
}

function limitOf(server: Pick<ApiServer, "flags" | "hidesFlags">, flag: string, byDefault: number): number | undefined {
  const found = setting(server, flag);
  if (found.state === "absent") return byDefault;
  return found.state === "set" && found.value !== undefined && /^\d+$/.test(found.value)
    ? Number(found.value)
    : undefined;
}

export interface AnswerFacts {
  readonly "kube/readyz": Fact<ReadyzFact>;
  readonly "kube/flow-control-headers": Fact<FlowControlHeadersFact>;
  readonly "kube/flagz": Fact<FlagzFact>;
  readonly "kube/throttling": Fact<ThrottlingFact>;
}

/** What was rejected beyond a limit of the run's own, in words; undefined when nothing was. */
export function provenLimit(throttling: Fact<ThrottlingFact>): string | undefined {
  if (throttling.status === "unavailable" || throttling.value.rejected === 0) return undefined;
  const { asked, rejected, othersAsked, othersAnswered } = throttling.value;
  const others = `${othersAnswered} of ${othersAsked} of another user's were answered meanwhile`;
  return `${rejected} of ${asked} requests beyond a limit made for them were rejected, ${others}`;
}

/** By what one API server answered: a limit that was tried, its post-start hook, the headers of a response, its effective flags. */
export function limiterByAnswer(facts: AnswerFacts): Limiter {
  const readyz = facts["kube/readyz"];
  const headers = facts["kube/flow-control-headers"];
  const flagz = facts["kube/flagz"];
  if (provenLimit(facts["kube/throttling"]) !== undefined) return { kind: "fairness" };
  const hooks = readyz.status === "collected" ? readyz.value.checks.map(({ name }) => name) : [];
  const flags = flagz.status === "collected" ? flagz.value.flags : undefined;
  if (hooks.includes("poststarthook/priority-and-fairness-filter")) return { kind: "fairness" };
  if (headers.status === "collected" && headers.value.flowSchemaUid !== undefined) return { kind: "fairness" };
  if (hooks.includes("poststarthook/max-in-flight-filter"))
    return flags ? byInFlight({ flags, hidesFlags: true }) : { kind: "unknown" };
  return flags ? limiterByFlags({ flags, hidesFlags: true }) : { kind: "unknown" };
}

/** True when the one that answered runs without priority and fairness; undefined when it did not show. */
export function fairnessOff(facts: AnswerFacts): boolean | undefined {
  const readyz = facts["kube/readyz"];
  if (
    readyz.status === "collected" &&
    readyz.value.checks.some(({ name }) => name === "poststarthook/max-in-flight-filter")
  )
    return true;
  const limiter = limiterByAnswer(facts);
  return limiter.kind === "unknown" ? undefined : limiter.kind !== "fairness";
}
