/** Where a JSON Schema lets free text stand. */
import type { TSchema } from "@sinclair/typebox";

/** Paths to every string that is no closed word and no time: `[]` for elements, `*` for keys that nobody knows. */
export function stringPlaces(schema: TSchema): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  const walk = (node: Readonly<Record<string, unknown>>, path: readonly string[]): void => {
    for (const choice of (node.anyOf ?? node.allOf ?? []) as Record<string, unknown>[]) walk(choice, path);
    for (const [key, value] of Object.entries((node.properties ?? {}) as Record<string, Record<string, unknown>>))
      walk(value, [...path, key]);
    for (const value of Object.values((node.patternProperties ?? {}) as Record<string, Record<string, unknown>>))
      walk(value, [...path, "*"]);
    if (typeof node.items === "object") walk(node.items as Record<string, unknown>, [...path, "[]"]);
    if (node.type === "string" && node.const === undefined && node.pattern === undefined)
      found.set(path.join("\0"), path);
  };
  walk(schema, []);
  return [...found.values()];
}
