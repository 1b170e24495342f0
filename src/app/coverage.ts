/** How each normative sentence is answered: what the coverage page is made of. */
import { checks } from "../../checks/index.ts";
import { loadCatalogue } from "../catalogue/standards.ts";
import type { AnyCheck } from "../model/check.ts";
import type { Requirement, SetAside, Standard, Statement } from "../model/standard.ts";
import type { DocumentStatus, Level } from "../model/vocabulary.ts";

/** From the strongest answer to none. */
export const coverages = ["automated", "partly", "imported", "declared", "not testable", "no own demand"] as const;
export type Coverage = (typeof coverages)[number];

/** A requirement as it reads today, or a sentence that is set aside. */
export interface CoveredClause {
  readonly coverage: Coverage;
  readonly text: string;
  readonly level?: Level;
  /** Id of the requirement within its standard. */
  readonly requirement?: string;
  readonly title?: string;
  readonly check?: string;
  readonly url?: string;
  /** Why a sentence is set aside, or what cannot be seen. */
  readonly reason?: string;
}

export interface CoveredDocument {
  readonly id: string;
  readonly title: string;
  readonly track: string;
  /** Status after the last change; undefined for a document that is not a standard of the catalogue. */
  readonly status: DocumentStatus | undefined;
  readonly withdrawn: boolean;
  readonly url: string | undefined;
  readonly clauses: readonly CoveredClause[];
}

/** A document of the index of sentences. */
export interface IndexedDocument {
  readonly id: string;
  readonly title: string;
  readonly track: string;
}

/** The sentences of documents that no standard takes up. */
export type SetAsideElsewhere = Pick<Standard, "id" | "notNormative" | "notTestable">;

/** Every document: the standards of the catalogue, and those of the index beside them, clusters before clouds. */
export function coverage(
  indexed: readonly IndexedDocument[],
  elsewhere: readonly SetAsideElsewhere[],
): readonly CoveredDocument[] {
  const { standards } = loadCatalogue();
  const asideOf = (id: string) => elsewhere.filter((entry) => entry.id === id).flatMap(setAside);
  const known = standards.map((standard) => ofStandard(standard, asideOf(standard.id)));
  const others = indexed
    .filter(({ id }) => !standards.some((standard) => standard.id === id))
    .map(({ id, title, track }) => ({
      id,
      title,
      track,
      status: undefined,
      withdrawn: false,
      url: undefined,
      clauses: asideOf(id),
    }));
  return [...known, ...others].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** Clusters before clouds, numbered texts before others. */
function rank({ id, track }: { readonly id: string; readonly track: string }): string {
  return `${track === "KaaS" ? 0 : 1}${id.startsWith("scs-") ? 0 : 1}${id}`;
}

/** The requirements that a check decides today, each with its statement. */
export function usesOf(
  check: AnyCheck,
): readonly { standard: Standard; requirement: Requirement; statement: Statement }[] {
  return loadCatalogue().standards.flatMap((standard) =>
    standard.requirements
      .filter((requirement) => requirement.check === check.id)
      .flatMap((requirement) => {
        const statement = today(requirement) ?? requirement.statements.at(-1);
        return statement ? [{ standard, requirement, statement }] : [];
      }),
  );
}

export { checks };

function ofStandard(standard: Standard, elsewhere: readonly CoveredClause[]): CoveredDocument {
  const { id, title, track, url, requirements } = standard;
  return {
    id,
    title,
    track,
    url,
    status: standard.status.at(-1)?.status,
    withdrawn: standard.withdrawn !== undefined,
    clauses: [
      ...requirements.flatMap((requirement) => ofRequirement(standard, requirement)),
      ...setAside(standard),
      ...elsewhere,
    ],
  };
}

function ofRequirement({ url }: Standard, requirement: Requirement): readonly CoveredClause[] {
  const statement = today(requirement);
  if (!statement) return [];
  const { check, limits } = requirement;
  return [
    {
      coverage: answer(requirement),
      text: statement.text,
      level: statement.level,
      requirement: requirement.id,
      title: requirement.title,
      url: `${url}#${statement.anchor}`,
      ...(check === undefined ? {} : { check }),
      ...(limits === undefined ? {} : { reason: limits }),
    },
  ];
}

function today({ statements }: Requirement): Statement | undefined {
  return statements.find(({ until }) => until === undefined);
}

function answer({ check, question }: Requirement): Coverage {
  if (check === undefined) return "declared";
  const { all = [], oneOf = [] } = checks.find((candidate) => candidate.id === check)?.needs ?? {};
  // results of a finished run, which are given to the suite
  if ([...all, ...oneOf.flat()].some((fact) => /^input\/.*-results$/.test(fact))) return "imported";
  return question === undefined ? "automated" : "partly";
}

function setAside({ notTestable = [], notNormative = [] }: SetAsideElsewhere): readonly CoveredClause[] {
  const as =
    (kind: Coverage) =>
    ({ text, reason }: SetAside) => ({ coverage: kind, text, reason });
  return [...notTestable.map(as("not testable")), ...notNormative.map(as("no own demand"))];
}
