/** The curves of RFC 5656, section 10.1, by their SSH name. */

export interface Curve {
  /** `crv` of RFC 7518. */
  readonly jwk: "P-256" | "P-384" | "P-521";
  /** Length of a coordinate. */
  readonly bytes: number;
  readonly hash: "sha256" | "sha384" | "sha512";
}

export const curves = {
  nistp256: { jwk: "P-256", bytes: 32, hash: "sha256" },
  nistp384: { jwk: "P-384", bytes: 48, hash: "sha384" },
  nistp521: { jwk: "P-521", bytes: 66, hash: "sha512" },
} as const satisfies Record<string, Curve>;

export type CurveName = keyof typeof curves;

export function isCurveName(name: string): name is CurveName {
  return Object.hasOwn(curves, name);
}
