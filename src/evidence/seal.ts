/** evidence.json as bytes: canonical JSON, one trailing newline, digests inside. */
import { canonicalParts, type Parts } from "../model/canonical-json.ts";
import { sha256OfParts } from "../model/digest.ts";
import type { Evidence, Gathering, Inputs } from "../model/evidence.ts";
import type { Json } from "../model/json.ts";
import type { Sha256 } from "../model/vocabulary.ts";
import { textOfGathered } from "./written.ts";

export interface SealedEvidence {
  readonly evidence: Evidence;
  /** The file's bytes: RFC 8785 and a newline. */
  readonly parts: Parts;
  readonly sha256: Sha256;
}

export const newline: Uint8Array = Buffer.from("\n");

/** Joins facts and inputs. The same facts under new inputs keep their digest. */
export function sealEvidence(gathering: Gathering, inputs: Inputs): SealedEvidence {
  // written once, though it is digested by itself and stands in the whole
  const gatheringText = textOfGathered(gathering);
  const evidence: Evidence = { schemaVersion: 1, facts: { sha256: sha256OfParts(gatheringText), gathering }, inputs };
  const known = new Map([[gathering, gatheringText]]);
  const parts = [...canonicalParts(evidence as unknown as Json, known), newline];
  return { evidence, parts, sha256: sha256OfParts(parts) };
}
