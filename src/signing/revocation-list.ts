/** Keys that no longer speak for anybody: a plain list of public keys, as `ssh-keygen -Y verify -r` takes it. */
import { type InputFault, UsageError } from "../model/faults.ts";
import { decodeBase64, MalformedError, WireReader } from "./ssh-wire.ts";

/**
 * The revoked keys in SSH wire form, each as base64; kinds of keys that are not supported otherwise can be revoked too.
 * UsageError, every line at once, for lines that are no key: a key that was meant to be revoked must not slip through. Also for KRLs.
 */
export function parseRevocationList(text: string): ReadonlySet<string> {
  if (text.startsWith("SSHKRL")) {
    throw new UsageError(
      "binary key revocation lists are not supported yet",
      "give a plain list of public keys, one per line",
    );
  }
  const revoked = new Set<string>();
  const faults: InputFault[] = [];
  for (const [index, content] of text.split("\n").entries()) {
    const line = content.trim();
    if (line === "" || line.startsWith("#")) continue;
    const key = keyOf(line);
    if (key === undefined) faults.push({ file: "revoked keys", line: index + 1, message: "this is not a public key" });
    else revoked.add(key);
  }
  if (faults.length > 0) throw new UsageError(faults, "one public key per line, as in a .pub file");
  return revoked;
}

function keyOf(line: string): string | undefined {
  const [type, base64 = ""] = line.split(/[ \t]+/);
  const blob = decodeBase64(base64);
  if (blob === undefined) return undefined;
  try {
    return new WireReader(blob).name("key type") === type ? base64 : undefined;
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}
