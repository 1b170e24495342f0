/** Quantities as Kubernetes writes them (apimachinery, resource.Quantity): `2`, `1500m`, `3908168Ki`, `16G`, `1e3`. */

const pattern =
  /^([0-9]{1,18}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})(?:(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)|[eE]([+-]?[0-9]{1,2}))?$/;

const factors: { readonly [suffix: string]: number } = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...Object.fromEntries(["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].map((suffix, index) => [suffix, 1024 ** (index + 1)])),
};

/** The number a quantity stands for; undefined for anything else, and for more than a number holds exactly. */
export function quantityOf(value: unknown): number | undefined {
  const match = typeof value === "string" && value.length <= 40 ? pattern.exec(value) : null;
  if (!match) return undefined;
  const [, digits, suffix, exponent] = match;
  const factor = suffix !== undefined ? factors[suffix] : exponent !== undefined ? 10 ** Number(exponent) : 1;
  const amount = Number(digits) * (factor ?? 1);
  return amount <= Number.MAX_SAFE_INTEGER ? amount : undefined;
}
