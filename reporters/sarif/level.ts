/** How grave a failure of a requirement is. Never `none`: that word is for what is no failure. */
import type { Result } from "../../src/model/report.ts";

export function levelOf({ binding, level }: Pick<Result, "binding" | "level">): "error" | "warning" | "note" {
  if (binding) return "error";
  return level === "must" ? "warning" : "note";
}
