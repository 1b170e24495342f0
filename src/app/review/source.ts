/** What a review looks at: what somebody proposes, and what was accepted before. Both are hostile bytes. */

export interface Change {
  /** From the repository's root, with slashes. */
  readonly path: string;
  /** `other`: a link, a rename, anything that is no plain new file. */
  readonly status: "added" | "modified" | "removed" | "other";
}

export interface ReviewSource {
  /** Where it is from, as messages say it: `pull request 7 of sig/results`. */
  readonly name: string;
  readonly changes: readonly Change[];
  /** Bytes of an added file; undefined when it is larger than that. */
  proposed(path: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Bytes of an accepted file; undefined when there is none, or when it is larger than that. */
  accepted(path: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Names in an accepted folder; empty when there is none. */
  acceptedNames(folder: string): Promise<readonly string[]>;
}

/** More files than any sound submission has. */
export const mostChanges = 300;
