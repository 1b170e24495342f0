/** The certificate that decides, of those that the API's endpoint shows over its address families. */
import type { CertificateRecord, ServingCertificateFact } from "../facts/certificates.ts";

export interface ServedLeaf {
  readonly leaf: CertificateRecord | undefined;
  readonly issuedByClusterCa: boolean | null;
  readonly families: readonly string[];
}

/** The oldest of those that the cluster's own CA issued; without any, the first one. */
export function servedLeaf({ otherFamily, ...first }: ServingCertificateFact): ServedLeaf {
  const shown = [first, ...(otherFamily ? [otherFamily] : [])];
  const own = shown
    .filter(({ issuedByClusterCa }) => issuedByClusterCa === true)
    .sort((a, b) => ((a.chain[0]?.notBefore ?? "") < (b.chain[0]?.notBefore ?? "") ? -1 : 1));
  const { chain, issuedByClusterCa } = own[0] ?? first;
  return { leaf: chain[0], issuedByClusterCa, families: shown.map(({ family }) => family) };
}
