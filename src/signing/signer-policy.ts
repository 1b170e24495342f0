/** Whether a key may speak for a principal, in a namespace, at a time. */
import { describeFault } from "../model/faults.ts";
import { millisecondsOf } from "../model/instant.ts";
import type { SignatureState } from "../model/signer.ts";
import type { Instant } from "../model/vocabulary.ts";
import { type AllowedSigner, parseAllowedSigners } from "./allowed-signers.ts";
import { type Certificate, certificateFault } from "./certificate.ts";
import { matchesList } from "./pattern-list.ts";
import { type PublicKey, printable } from "./public-key.ts";

export interface Claim {
  readonly key: PublicKey;
  /** What the key signed with, when it is certified: then its authority must be among the allowed signers, not the key. */
  readonly certificate?: Certificate | undefined;
  readonly principal: string;
  readonly namespace: string;
  /** A trusted time of the signature; undefined: nobody knows. */
  readonly at: Instant | undefined;
}

/** `ok`, or why not; `unchecked` when only the missing time keeps it from being answered. */
export interface Ruling {
  readonly state: Exclude<SignatureState, "bad">;
  readonly reason: string;
}

/** The first line that lets the key speak decides; else the line that came closest explains. */
export function mayClaim(text: string, claim: Claim): Ruling {
  const { signers, passedOver } = parseAllowedSigners(text);
  const { certificate } = claim;
  const speaks = certificate?.authority ?? claim.key;
  const lines = signers.filter(
    ({ key, options }) => options.certAuthority === (certificate !== undefined) && key.blob.equals(speaks.blob),
  );
  const named = lines.filter((signer) => matchesList(claim.principal, signer.principals));
  const rulings = named.map((signer) => judge(signer, claim));
  const best = ["ok", "unchecked", "untrusted"].map((state) => rulings.find((ruling) => ruling.state === state));
  const found = best.find((ruling) => ruling !== undefined);
  if (found) return found;
  const who = `"${printable(claim.principal)}"`;
  const what = certificate ? "the authority that certified the signer" : "the signer";
  const reason =
    lines.length > 0 ? `${what} is allowed, but not to sign for ${who}` : `${what} is not among the allowed signers`;
  return { state: "untrusted", reason: `${reason}${mention(passedOver.map(describeFault))}` };
}

function judge(signer: AllowedSigner, claim: Claim): Ruling {
  const { namespaces, validAfter, validBefore } = signer.options;
  const where = `line ${signer.line} of the allowed signers`;
  const refuse = (why: string): Ruling => ({ state: "untrusted", reason: `${where} ${why}` });
  if (namespaces !== undefined && !matchesList(claim.namespace, namespaces)) {
    return refuse(`does not allow the namespace "${printable(claim.namespace)}"`);
  }
  const bounded = validAfter !== undefined || validBefore !== undefined;
  if (bounded && claim.at === undefined) {
    return { state: "unchecked", reason: `${where} is limited in time, and no trusted time of the signature is known` };
  }
  if (claim.certificate && claim.at === undefined) {
    return { state: "unchecked", reason: "certificates end, and no trusted time of the signature is known" };
  }
  const at = claim.at === undefined ? 0 : millisecondsOf(claim.at);
  const fault = claim.certificate && certificateFault(claim.certificate, claim.principal, at);
  if (fault !== undefined) return { state: "untrusted", reason: `the signer's certificate does not hold: ${fault}` };
  if (validAfter !== undefined && at < validAfter) return refuse(`is not valid yet at ${claim.at}`);
  if (validBefore !== undefined && at > validBefore) return refuse(`is no longer valid at ${claim.at}`);
  return { state: "ok", reason: `${where} lets the signer speak for "${printable(claim.principal)}"` };
}

function mention(faults: readonly string[]): string {
  const [first] = faults;
  if (first === undefined) return "";
  const more = faults.length > 1 ? ` and ${faults.length - 1} more` : "";
  return ` (passed over: ${first}${more})`;
}
