/** Base score of a CVSS 3 vector (FIRST, CVSS v3.1 specification, sections 7.1 and 7.4, appendix A). */

const weights = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
} as const;

/** Privileges required weigh more where the scope stays. */
const privileges = { U: { N: 0.85, L: 0.62, H: 0.27 }, C: { N: 0.85, L: 0.68, H: 0.5 } } as const;

const weigh = (table: { readonly [value: string]: number }, value: string | undefined): number =>
  (value !== undefined && Object.hasOwn(table, value) ? table[value] : undefined) ?? Number.NaN;

/** 0 to 10 with one decimal; undefined for what is no whole vector of version 3.0 or 3.1. */
export function cvss3Score(vector: string): number | undefined {
  const match = /^CVSS:3\.[01]\/([A-Z]{1,2}:[A-Z](?:\/[A-Z]{1,3}:[A-Z])*)$/.exec(vector);
  if (match?.[1] === undefined) return undefined;
  const metrics = new Map(match[1].split("/").map((part) => part.split(":") as [string, string]));
  const scope = metrics.get("S");
  if (scope !== "U" && scope !== "C") return undefined;
  const loss = (["C", "I", "A"] as const).map((name) => 1 - weigh(weights.C, metrics.get(name)));
  const base = 1 - loss.reduce((product, factor) => product * factor, 1);
  const impact = scope === "U" ? 6.42 * base : 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15;
  const exploitability =
    8.22 *
    weigh(weights.AV, metrics.get("AV")) *
    weigh(weights.AC, metrics.get("AC")) *
    weigh(privileges[scope], metrics.get("PR")) *
    weigh(weights.UI, metrics.get("UI"));
  const sum = impact + exploitability;
  if (Number.isNaN(sum)) return undefined;
  if (impact <= 0) return 0;
  return roundUp(Math.min(scope === "U" ? sum : 1.08 * sum, 10));
}

/** The next tenth, by whole numbers: binary fractions would round some scores up too far (appendix A). */
function roundUp(value: number): number {
  const units = Math.round(value * 100_000);
  return units % 10_000 === 0 ? units / 100_000 : (Math.floor(units / 10_000) + 1) / 10;
}
