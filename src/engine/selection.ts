/** Which requirements a run asks for: `--only` and `--skip` by id of requirement, check, standard or testcase, `*` allowed. */
import { UsageError } from "../model/faults.ts";
import { glob } from "../model/glob.ts";
import type { RequirementInForce } from "./requirements.ts";

export interface SelectionPatterns {
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

/** Applies the patterns. A pattern that matches nothing is a typo, not an empty run. */
export function select(
  requirements: readonly RequirementInForce[],
  { only, skip }: SelectionPatterns,
): readonly RequirementInForce[] {
  for (const pattern of [...only, ...skip]) {
    if (!requirements.some((requirement) => matches(requirement, pattern))) {
      throw new UsageError(
        `Nothing is called ${JSON.stringify(pattern)} among the requirements, checks, standards and testcases in force.`,
        "See `scs-conformance list requirements`.",
      );
    }
  }
  return requirements.filter(
    (requirement) =>
      (only.length === 0 || only.some((pattern) => matches(requirement, pattern))) &&
      !skip.some((pattern) => matches(requirement, pattern)),
  );
}

function matches({ id, standard, requirement, testcases }: RequirementInForce, pattern: string): boolean {
  const names = [id, standard.id, requirement.check ?? id, ...testcases.map((testcase) => testcase.id)];
  return names.some((name) => glob(pattern, name));
}
