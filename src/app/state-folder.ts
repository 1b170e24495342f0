/** Where this program keeps what has to outlive a run (XDG Base Directory Specification 0.8). */
import { homedir } from "node:os";
import path from "node:path";

/** `$XDG_STATE_HOME/scs-conformance`, or below `~/.local/state`. Relative values do not count, as the specification says. */
export function stateFolder(environment: { readonly [name: string]: string | undefined }): string {
  const { XDG_STATE_HOME: given } = environment;
  const base = given !== undefined && path.isAbsolute(given) ? given : path.join(homedir(), ".local", "state");
  return path.join(base, "scs-conformance");
}
