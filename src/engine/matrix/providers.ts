/** One provider: the worst of its cells, and what its reports together say of what it offers. */
import { addDays, startOf } from "../../model/instant.ts";
import type { Cell, MatrixInputs, Provider, ProviderStatement } from "../../model/matrix.ts";
import { supportedBranches } from "../../model/versions/offered-branches.ts";
import type { Instant } from "../../model/vocabulary.ts";
import { clauseOf, type RequirementInForce } from "../requirements.ts";
import { worst } from "../verdict.ts";
import { declarationCounts } from "./attested.ts";
import type { SoundReport } from "./cells.ts";
import { offersOf } from "./offers.ts";
import { branchSupport, minorRecency, type OfferAnswer, type OfferQuestion } from "./statements.ts";

const deciders: { readonly [requirement: string]: (question: OfferQuestion) => OfferAnswer } = {
  "scs-0210-v2/minor-recency": minorRecency,
  "scs-0210-v2/branch-support": branchSupport,
};

/** Whether a requirement is about what a provider offers: a question to one cluster, decided here by several. */
export function aboutOffers(requirement: string): boolean {
  return Object.hasOwn(deciders, requirement);
}

export interface Surroundings {
  readonly cells: readonly Cell[];
  readonly sound: readonly SoundReport[];
  readonly inForce: readonly RequirementInForce[];
  readonly inputs: MatrixInputs;
  readonly asOf: Instant;
}

export function providerOf(name: string, { cells, sound, inForce, inputs, asOf }: Surroundings): Provider {
  const own = cells.filter(({ provider }) => provider === name);
  const subjects = new Set(own.map(({ subject }) => subject));
  const reports = sound.filter(({ report }) => subjects.has(report.subject));
  const { releases: data, complete } = inputs;
  const upstream = supportedBranches(data, asOf);
  const dataUntil = addDays(startOf(data.date), 14);
  const statements = inForce.flatMap((requirement): readonly ProviderStatement[] => {
    const decide = deciders[requirement.id];
    if (!decide || requirement.binding === undefined) return [];
    const offers = offersOf(reports, own, requirement.lifetime);
    const answer = decide({ provider: name, offers, upstream, data, dataUntil, asOf, complete });
    return [statementOf(requirement, answer, isDeclared(requirement.id, reports, asOf))];
  });
  const disproved = statements.some(({ outcome }) => outcome === "fail");
  return { name, verdict: disproved ? "FAIL" : worst(own.map(({ verdict }) => verdict)), statements };
}

function isDeclared(id: string, reports: readonly SoundReport[], asOf: Instant): boolean {
  return reports.some(({ report }) =>
    report.results.some(
      (result) =>
        result.requirement === id &&
        result.basis === "declared" &&
        result.verdict === "PASS" &&
        declarationCounts(result, asOf),
    ),
  );
}

function statementOf(inForce: RequirementInForce, answer: OfferAnswer, declared: boolean): ProviderStatement {
  return {
    requirement: inForce.id,
    title: inForce.requirement.title,
    ...answer,
    findings: [...answer.findings],
    missing: [...answer.missing],
    declared,
    clause: clauseOf(inForce),
  };
}
