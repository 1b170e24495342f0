/** The catalogue as the engine sees it: all standards, and their digest. */
import type { Standard } from "./standard.ts";
import type { Sha256 } from "./vocabulary.ts";

export interface Catalogue {
  readonly standards: readonly Standard[];
  /** Digest over the names and bytes of all standards files. */
  readonly sha256: Sha256;
}
