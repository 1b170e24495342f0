/** A broken rule: where, which, what was found, what to do instead. */
export interface Breach {
  readonly file: string;
  readonly line: number;
  readonly rule: Rule;
  readonly found: string;
  readonly instead: string;
}

export const rules = [
  "import-law",
  "package-home",
  "pure-import",
  "pure-global",
  "only-cli-prints",
  "size",
  "name",
  "default-export",
  "only",
] as const;
export type Rule = (typeof rules)[number];

/** Two lines: the place and the fault, then the way out. */
export function breachText({ file, line, rule, found, instead }: Breach): string {
  return `${file}:${line}  ${rule}: ${found}\n    instead: ${instead}`;
}
