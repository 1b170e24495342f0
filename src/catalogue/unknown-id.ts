/** Ids in files of others that nothing here has. */
import type { InputFault } from "../model/faults.ts";
import { glob } from "../model/glob.ts";
import type { Located, Path } from "./located.ts";
import { hint } from "./suggest.ts";

/** A fault when no known id is the written one, or, of a pattern, matches it. */
export function unknownId(
  kind: "requirement" | "check",
  as: "id" | "pattern",
  written: string,
  known: readonly string[],
  path: Path,
  located: Located,
): InputFault[] {
  if (known.some((id) => (as === "id" ? id === written : glob(written, id)))) return [];
  return [located.at(path, `there is no ${kind} ${JSON.stringify(written)}${hint(written, known)}`)];
}
