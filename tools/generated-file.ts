/** A file that a generator makes; the path is below the repository's root. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}
