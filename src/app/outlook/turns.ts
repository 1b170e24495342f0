/** What turned between two judgements of the same evidence, as of two days. */
import type { Assumption, Turn } from "../../model/outlook.ts";
import type { Report, Result } from "../../model/report.ts";
import type { CalendarDate, Verdict } from "../../model/vocabulary.ts";
import { rankOf } from "../diff/standings.ts";

/** A judgement, or why there can be none that day. */
export type Judgement = Report | { readonly none: string };

/** All that is watched, as one text: equal for two judgements between which nothing turned. */
export function keyOf(judgement: Judgement): string {
  if ("none" in judgement) return judgement.none;
  const { verdict, scope, results, declarations, waivers } = judgement;
  return JSON.stringify([
    verdict,
    [scope.version, scope.status],
    results.map((result) => [result.requirement, answerOf(result), result.waiver?.id ?? ""]),
    (declarations ?? []).map(({ requirement, file, reason }) => [requirement, file, reason]),
    (waivers ?? []).map(({ id, state }) => [id, state]),
  ]);
}

type Told = Omit<Turn, "on" | "assuming">;

export function turnsBetween(
  before: Judgement,
  after: Judgement,
  on: CalendarDate,
  assuming: Assumption,
): readonly Turn[] {
  return toldBetween(before, after).map((told) => ({ on, assuming, ...told }));
}

function toldBetween(before: Judgement, after: Judgement): readonly Told[] {
  if ("none" in before) return [];
  const plain = { resolve: [], requirements: [] };
  if ("none" in after) {
    const { id, version, status } = before.scope;
    const from = `${version} ${status}`;
    return [{ ...plain, kind: "scope", name: id, from, to: "no valid version", trend: "worse", because: after.none }];
  }
  return [
    ...verdictTurn(before, after),
    ...scopeTurn(before, after),
    ...claimTurns(before, after),
    ...answerTurns(before, after),
  ];
}

function verdictTurn(before: Report, after: Report): readonly Told[] {
  const [from, to] = [before.verdict, after.verdict];
  if (from === to) return [];
  const old = byId(before);
  const turned = after.results.filter(
    ({ requirement, binding, verdict }) => binding && verdict === to && old.get(requirement)?.verdict !== to,
  );
  return [
    {
      kind: "verdict",
      name: after.subject,
      from,
      to,
      trend: trend(from, to),
      because: "the worst of what binds decides",
      resolve: [],
      requirements: turned.map(({ requirement }) => requirement),
    },
  ];
}

function scopeTurn(before: Report, after: Report): readonly Told[] {
  const text = ({ scope }: Report) => `${scope.version} ${scope.status}`;
  const [from, to] = [text(before), text(after)];
  if (from === to) return [];
  const because = "the timeline of the scope says so";
  return [{ kind: "scope", name: after.scope.id, from, to, trend: "other", because, resolve: [], requirements: [] }];
}

function claimTurns(before: Report, after: Report): readonly Told[] {
  const uncounted = new Set((before.declarations ?? []).map(({ requirement, file }) => `${requirement} ${file}`));
  const states = new Map((before.waivers ?? []).map(({ id, state }) => [id, state]));
  const declarations = (after.declarations ?? []).filter(
    ({ requirement, file }) => !uncounted.has(`${requirement} ${file}`),
  );
  const waivers = (after.waivers ?? []).filter(({ id, state }) => states.get(id) !== state);
  return [
    ...declarations.map(
      ({ requirement, file, reason, message }): Told => ({
        kind: "declaration",
        name: file,
        from: "counts",
        to: reason,
        trend: "worse",
        because: message,
        resolve: ["a newer declaration"],
        requirements: [requirement],
      }),
    ),
    ...waivers.map(
      ({ id, state, message }): Told => ({
        kind: "waiver",
        name: id,
        from: states.get(id) ?? "absent",
        to: state,
        trend: state === "expired" ? "worse" : "other",
        because: message,
        resolve: [],
        requirements: before.results.flatMap(({ requirement, waiver }) => (waiver?.id === id ? [requirement] : [])),
      }),
    ),
  ];
}

function answerTurns(before: Report, after: Report): readonly Told[] {
  const [old, fresh] = [byId(before), byId(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])].sort().flatMap((requirement): readonly Told[] => {
    const [a, b] = [old.get(requirement), fresh.get(requirement)];
    const [from, to] = [answerOf(a), answerOf(b)];
    if (from === to) return [];
    const because = b?.because ?? "the rules of that day do not ask for it";
    const resolve = [...new Set((b?.missing ?? []).map((missing) => missing.resolve))];
    const change = a && b ? trend(a.verdict, b.verdict) : "other";
    return [
      {
        kind: "requirement",
        name: requirement,
        from,
        to,
        trend: change,
        because,
        resolve,
        requirements: [requirement],
      },
    ];
  });
}

const byId = ({ results }: Report): ReadonlyMap<string, Result> =>
  new Map(results.map((result) => [result.requirement, result]));

/** `pass`, `pass, declared`, `fail, advisory`. */
function answerOf(result: Result | undefined): string {
  if (!result) return "not judged";
  const { outcome, basis, binding } = result;
  const rests = basis === "declared" && (outcome === "pass" || outcome === "not-applicable") ? [basis] : [];
  return [outcome, ...rests, ...(binding ? [] : ["advisory"])].join(", ");
}

function trend(from: Verdict, to: Verdict): Turn["trend"] {
  const change = rankOf(to) - rankOf(from);
  return change > 0 ? "worse" : change < 0 ? "better" : "other";
}
