/** The requirements in force on a day, each with its statement, its standing in the scope and its lifetime. */
import type { Catalogue } from "../model/catalogue.ts";
import { dateOf } from "../model/instant.ts";
import type { JsonObject } from "../model/json.ts";
import type { Clause } from "../model/report.ts";
import type { Testcase } from "../model/scope.ts";
import type { Requirement, Standard, Statement } from "../model/standard.ts";
import type { CalendarDate, DocumentStatus, Instant, Lifetime } from "../model/vocabulary.ts";
import type { ScopeAsOf } from "./scope-as-of.ts";

export interface RequirementInForce {
  /** `scs-0214-v2/control-plane-hosts`. */
  readonly id: string;
  readonly standard: Standard;
  readonly requirement: Requirement;
  readonly statement: Statement;
  readonly status: DocumentStatus;
  readonly binding: "tested" | "attested" | undefined;
  /** Main testcases that stand for it. */
  readonly testcases: readonly Testcase[];
  /** How long a result counts: the shortest of its testcases' lifetimes, else its own. */
  readonly lifetime: Lifetime;
  /** Parameters of its check: those of the statement, and what the scope's version decides instead. */
  readonly parameters: JsonObject;
}

/** The sentence of the norm behind a requirement, as reports and matrices cite it. */
export function clauseOf({ standard, statement }: Pick<RequirementInForce, "standard" | "statement">): Clause {
  return {
    url: `${standard.url}#${statement.anchor}`,
    anchor: statement.anchor,
    sha256: statement.sha256,
    text: statement.text,
    revision: statement.from,
  };
}

const shortestFirst: readonly Lifetime[] = ["day", "week", "month", "quarter", "year"];

/**
 * Everything in force on the day. A text that is deprecated or withdrawn is so only while the scope's version includes it, a
 * proposal of this project only when asked for. Binding is a `must` of a standard that the scope's version includes while that version is
 * effective; it is tested when a testcase of target `main` covers it, attested otherwise.
 */
export function requirementsInForce(
  catalogue: Catalogue,
  scope: ScopeAsOf,
  asOf: Instant,
  includeProposed: boolean,
): readonly RequirementInForce[] {
  const date = dateOf(asOf);
  const included = new Set(scope.modules.map((module) => module.standard));
  const ruling = scope.status === "effective" || scope.status === "warn";
  return catalogue.standards.flatMap((standard) => {
    const status = statusOn(standard, date);
    if (status === undefined || (status === "proposed" && !includeProposed)) return [];
    if (isPast(standard, status, date) && !included.has(standard.id)) return [];
    const modules = scope.modules.filter((module) => module.standard === standard.id);
    const decided: JsonObject = Object.assign({}, ...modules.map((module) => module.parameters));
    return standard.requirements.flatMap((requirement) => {
      const statement = requirement.statements.find(
        ({ from, until }) => from <= date && (until === undefined || date < until),
      );
      if (!statement) return [];
      const id = `${standard.id}/${requirement.id}`;
      const testcases = scope.mainTestcases.filter((testcase) => testcase.requirements.includes(id));
      const must = ruling && statement.level === "must" && included.has(standard.id);
      const binding = must ? (testcases.length > 0 ? ("tested" as const) : ("attested" as const)) : undefined;
      const lifetimes = testcases.length > 0 ? testcases.map((testcase) => testcase.lifetime) : [requirement.lifetime];
      const lifetime = shortestFirst.find((candidate) => lifetimes.includes(candidate)) ?? requirement.lifetime;
      const parameters = { ...statement.parameters, ...decided };
      return [{ id, standard, requirement, statement, status, binding, testcases, lifetime, parameters }];
    });
  });
}

function statusOn(standard: Standard, date: CalendarDate): DocumentStatus | undefined {
  return standard.status.findLast((entry) => entry.from <= date)?.status;
}

function isPast({ withdrawn }: Standard, status: DocumentStatus, date: CalendarDate): boolean {
  return status === "deprecated" || (withdrawn !== undefined && withdrawn <= date);
}
