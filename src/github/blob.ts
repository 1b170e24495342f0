/** Git's own digest of a file, computed here: what GitHub says it holds can be compared with what was meant. */
import { createHash } from "node:crypto";

/** Object id of a blob (git-hash-object): SHA-1 over `blob SIZE NUL` and the bytes. */
export function blobSha(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
