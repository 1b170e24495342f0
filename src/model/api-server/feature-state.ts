/** Something that every API server has on or off: judged server by server, and by what the one that answered shows. */
import type { Fact } from "../fact.ts";
import type { CheckResult, Finding, Subject } from "../finding.ts";
import { fail, pass, undetermined } from "../finding.ts";
import { counted, named, nonEmpty } from "../finding-lists.ts";
import type { JsonObject } from "../json.ts";
import type { ApiServer, ApiServerView } from "./api-server-flags.ts";
import { answering } from "./request-limiter.ts";

export type FeatureState = "on" | "off" | "unknown";

export interface Feature {
  /** Begins a sentence: `The authorizer Node`. */
  readonly name: string;
  /** Code of the finding where it is off. */
  readonly code: string;
  /** What is looked for, short: `authorization-mode with Node`. */
  readonly expected: string;
}

export interface FeatureSeen {
  readonly byFlags: (server: ApiServer) => FeatureState;
  /** What was found instead, for the finding. */
  readonly actual: (server: ApiServer) => string;
  /** Of the one API server that answered, by flags in force, metrics or objects it publishes. */
  readonly byAnswer: FeatureState;
  readonly observed?: JsonObject;
  /** Said whatever the outcome. */
  readonly notes?: readonly Finding[];
}

/** Off wins over unknown: two sources may have answered for two API servers. */
export function worst(...states: readonly FeatureState[]): FeatureState {
  if (states.includes("off")) return "off";
  return states.includes("on") ? "on" : "unknown";
}

/** What the API server that answered a dry run or a review said: yes, no, or nothing that tells. */
export function toldState<T>(fact: Fact<T>, told: (value: T) => boolean | null): FeatureState {
  const answer = fact.status === "collected" ? told(fact.value) : null;
  return answer === null ? "unknown" : answer ? "on" : "off";
}

/** One API server without it fails; a pass needs every live one, by its flags, or the only one by its answer. */
export function onEveryApiServer(view: ApiServerView, feature: Feature, seen: FeatureSeen): CheckResult {
  const { notes = [] } = seen;
  const byFlags = view.servers.map((server) => ({ server, state: seen.byFlags(server) }));
  const observed = {
    apiServersAlive: view.live ?? "not known",
    byFlags: byFlags.map(({ server, state }) => ({ apiServer: server.subject.name, state })),
    byAnswer: seen.byAnswer,
    ...seen.observed,
  };
  const lacking = byFlags.filter(({ state }) => state === "off");
  const found = lacking.map(({ server }) => finding(feature, server.subject, seen.actual(server)));
  // the one that answered is likely one of those above: named apart only when they show nothing wrong
  const all = found.length === 0 && seen.byAnswer === "off" ? [finding(feature, answering, "not active")] : found;
  const violations = nonEmpty(all);
  if (violations) {
    const where =
      lacking.length > 0 ? named(lacking.map(({ server }) => server.subject.name)) : "the one that answered";
    return fail(`${feature.name} is not active on every API server: not on ${where}`, observed, [
      ...violations,
      ...notes,
    ]);
  }
  if (view.complete && byFlags.every(({ state }) => state === "on"))
    return pass(
      `${feature.name} is active on ${counted(byFlags.length, "API server")} of ${view.live}`,
      observed,
      notes,
    );
  if (view.live === 1 && seen.byAnswer === "on")
    return pass(`${feature.name} is active on the only API server, by what it shows itself`, observed, notes);
  const hidden = { fact: "kube/control-plane-pods", reason: "not-visible", resolve: "a declaration" } as const;
  const answer = seen.byAnswer === "on" ? "; it is active on the one that answered" : "";
  const open = view.complete ? `${view.text}, but not whether it is active` : view.text;
  return undetermined(`${open}${answer}`, view.complete ? [hidden] : view.missing, observed, notes);
}

function finding({ name, code, expected }: Feature, subject: Subject, actual: string): Finding {
  return { code, subject, expected, actual, message: `${name} is not active on ${subject.name || "this API server"}` };
}
