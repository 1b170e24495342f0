/** Canonical texts that are kept from gathering or opening to sealing: facts are large, and never change in between. */
import { canonicalParts, type Parts } from "../model/canonical-json.ts";
import type { Json } from "../model/json.ts";

/** Each as long as its value lives. */
const texts = new WeakMap<object, Parts>();

/** From here on the text stands for the value: nobody may change it any more. */
export function keepText(value: object, text: Parts): void {
  texts.set(value, text);
}

/** The canonical text of what was gathered; what is known of it is not written again. */
export function textOfGathered(value: unknown): Parts {
  return canonicalParts(value as Json, texts);
}
