/** evidence.json as bytes: canonical JSON, one trailing newline, digests inside. */
import { canonicalJson } from "../model/canonical-json.ts";
import { sha256 } from "../model/digest.ts";
import type { Evidence, Gathering, Inputs } from "../model/evidence.ts";
import type { Json } from "../model/json.ts";
import type { Sha256 } from "../model/vocabulary.ts";
import { textOfGathered } from "./written.ts";

export interface SealedEvidence {
  readonly evidence: Evidence;
  /** The file's bytes as text: RFC 8785 and a newline. */
  readonly text: string;
  readonly sha256: Sha256;
}

/** Joins facts and inputs. The same facts under new inputs keep their digest. */
export function sealEvidence(gathering: Gathering, inputs: Inputs): SealedEvidence {
  // written once, though it is digested by itself and stands in the whole
  const gatheringText = textOfGathered(gathering);
  const evidence: Evidence = { schemaVersion: 1, facts: { sha256: sha256(gatheringText), gathering }, inputs };
  const known = new Map([[gathering, gatheringText]]);
  const text = `${canonicalJson(evidence as unknown as Json, known)}\n`;
  return { evidence, text, sha256: sha256(text) };
}
