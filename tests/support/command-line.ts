import { readFileSync } from "node:fs";

/** Of a process on this machine; empty for one that is gone, and for one that was killed and that nobody has waited for. */
export function commandLineOf(pid: number | string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
