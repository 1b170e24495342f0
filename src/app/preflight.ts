/** plan --preflight: asks the API server itself for each right of the plan, and names what its lack would leave open. */
import type { Plan } from "../engine/plan.ts";
import { accessReviewSpec } from "../model/access-review.ts";
import { reviewPaths } from "../model/asking.ts";
import type { Reading } from "../model/fact.ts";
import type { JsonObject } from "../model/json.ts";
import type { Right } from "../model/probe.ts";
import { describeRightOn } from "../model/right-text.ts";
import type { View } from "../model/views.ts";
import { openConnection } from "./connection.ts";
import type { ClusterOptions, SelectionOptions } from "./options.ts";
import { inNamespace, plan } from "./plan-run.ts";
import type { SuiteOptions } from "./suite-options.ts";

export interface Preflight {
  readonly text: string;
  /** Rights that are not granted, or of which the API server did not say. */
  readonly missing: number;
}

interface Asked {
  readonly view: View;
  readonly right: Right;
  readonly answer: "granted" | "not granted" | "not answered";
  /** Why there was no answer. */
  readonly because?: string;
}

export interface PreflightOptions {
  readonly cluster: ClusterOptions;
  readonly selection: SelectionOptions;
  readonly suites?: SuiteOptions | undefined;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/** A SelfSubjectAccessReview a right: any user who is authenticated may ask, and nothing is stored. */
export async function preflight({ cluster, selection, suites, now, signal }: PreflightOptions): Promise<Preflight> {
  const planned = await plan(selection, now, { ...cluster, suites });
  const { management } = cluster;
  const asked = await ask(cluster, "cluster", planned.rights, signal);
  const further = inNamespace(planned.furtherRights.management ?? [], management);
  if (management) asked.push(...(await ask({ ...cluster, ...management }, "management", further, signal)));
  return told(planned, asked);
}

async function ask(
  options: ClusterOptions,
  view: View,
  rights: readonly Right[],
  signal: AbortSignal,
): Promise<Asked[]> {
  const connection = await openConnection(options, signal);
  try {
    const asked: Asked[] = [];
    for (const right of rights) {
      const status = await connection.asker.review(reviewPaths.selfSubjectAccess, accessReviewSpec(right));
      asked.push({ view, right, ...answerOf(status) });
      signal.throwIfAborted();
    }
    return asked;
  } finally {
    connection.close();
  }
}

function answerOf(status: Reading<JsonObject>): Pick<Asked, "answer" | "because"> {
  if (!status.ok) return { answer: "not answered", because: status.message };
  if (typeof status.value.allowed !== "boolean")
    return { answer: "not answered", because: "the API server's answer does not say whether" };
  return { answer: status.value.allowed ? "granted" : "not granted" };
}

function told(planned: Plan, asked: readonly Asked[]): Preflight {
  const missing = asked.filter(({ answer }) => answer !== "granted");
  const silence = new Set(asked.map(({ because }) => because));
  if (silence.size === 1 && !silence.has(undefined))
    return { missing: missing.length, text: `No right could be asked for: ${[...silence].join("")}.` };
  const lines = asked.map(({ view, right, answer }) => `  ${answer.padEnd(12)}  ${describeRightOn(view, right)}`);
  return {
    missing: missing.length,
    text: [
      `Tier ${planned.tier}: ${asked.length - missing.length} of ${asked.length} rights are granted.`,
      ...lines,
      ...missing.flatMap((one) => ["", ...lossesOf(planned, one)]),
    ].join("\n"),
  };
}

/** Rights are told apart by what they grant; the namespace of a management cluster is the caller's choice. */
const keyOf = ({ namespace: _, ...right }: Right & { readonly namespace?: string }) => JSON.stringify(right);

function lossesOf({ probes }: Plan, { view, right }: Asked): readonly string[] {
  const blind = probes.filter(
    (probe) => probe.allowed && probe.view === view && probe.rights.some((one) => keyOf(one) === keyOf(right)),
  );
  if (blind.length === 0) return [`Without the right to ${describeRightOn(view, right)} upstream's suite is not run.`];
  const requirements = [...new Set(blind.flatMap((probe) => probe.requirements))].sort();
  return [
    `Without the right to ${describeRightOn(view, right)} a run does not see: ${blind.map(({ title }) => title).join("; ")}.`,
    ...(requirements.length === 0 ? [] : ["It may then leave open:", ...requirements.map((id) => `  ${id}`)]),
  ];
}
