/** What a run will ask for: the requirements in force that the caller selected, and the plan to decide them. */
import { checks } from "../../checks/index.ts";
import { loadCatalogue } from "../catalogue/standards.ts";
import { type Plan, planRun } from "../engine/plan.ts";
import { type RequirementInForce, requirementsInForce } from "../engine/requirements.ts";
import { scopeAsOf } from "../engine/scope-as-of.ts";
import { select } from "../engine/selection.ts";
import type { ActingPlace } from "../model/acting-rights.ts";
import type { Scope } from "../model/scope.ts";
import type { FurtherView } from "../model/views.ts";
import type { Instant } from "../model/vocabulary.ts";
import { probes } from "../probes/index.ts";
import type { ClusterOptions, SelectionOptions } from "./options.ts";

export function selectedRequirements(
  scope: Scope,
  options: Omit<SelectionOptions, "asOf" | "scope">,
  asOf: Instant,
): readonly RequirementInForce[] {
  const valid = scopeAsOf(scope, asOf, options.scopeVersion);
  return select(requirementsInForce(loadCatalogue(), valid, asOf, options.includeProposed), options);
}

export function planFor(
  scope: Scope,
  options: Omit<SelectionOptions, "asOf" | "scope">,
  asOf: Instant,
  given: readonly FurtherView[] = [],
  place?: ActingPlace,
): Plan {
  const limits = { tier: options.tier, given, place };
  return planRun(selectedRequirements(scope, options, asOf), checks, probes, limits);
}

/** The views that the caller gives beside the cluster itself. */
export function viewsGiven(options: Pick<ClusterOptions, "management" | "openstackCloud">): readonly FurtherView[] {
  const { management, openstackCloud } = options;
  return [
    ...(management === undefined ? [] : ["management" as const]),
    ...(openstackCloud === undefined ? [] : ["cloud" as const]),
  ];
}
