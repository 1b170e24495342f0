/** Values of our own files, parsed and checked when the suite was built; asked for by the text they were made of. */
import compiled from "../../standards/data/compiled.json?raw";
import { sha256 } from "../model/digest.ts";

let values: ReadonlyMap<string, unknown> | undefined;

/**
 * The value of one of our YAML files: no parsing, no checking, a tenth of the time. Undefined for any other text, also for a
 * file of ours that was changed since `npm run generate`; then it is read like anybody's.
 */
export function compiledValue(text: string): unknown {
  values ??= new Map(
    Object.values(JSON.parse(compiled) as { readonly [file: string]: { sha256: string; value: unknown } }).map(
      (entry) => [entry.sha256, entry.value] as const,
    ),
  );
  return values.get(sha256(text));
}
