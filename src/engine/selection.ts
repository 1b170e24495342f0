/** Which requirements a run asks for: `--only` and `--skip` by id of requirement, check, standard or testcase, `*` allowed. */
import { UsageError } from "../model/faults.ts";
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

/** `*` stands for any text. Linear, because patterns also come from evidence files that others wrote. */
function glob(pattern: string, name: string): boolean {
  const [head = "", ...parts] = pattern.split("*");
  if (parts.length === 0) return head === name;
  const tail = parts.pop() ?? "";
  if (!name.startsWith(head) || !name.endsWith(tail) || name.length < head.length + tail.length) return false;
  let rest = name.slice(head.length, name.length - tail.length);
  for (const part of parts) {
    const at = rest.indexOf(part);
    if (at === -1) return false;
    rest = rest.slice(at + part.length);
  }
  return true;
}
