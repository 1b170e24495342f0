/** The files of this project as git sees them: tracked, and new ones that are not ignored. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../../..");

export function projectFiles(which: "tracked" | "all" = "all"): readonly string[] {
  const others = which === "all" ? ["--others", "--exclude-standard"] : [];
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", ...others], { cwd: root, encoding: "utf8" });
  return [...new Set(listed.split("\0"))].filter((file) => file !== "" && existsSync(path.join(root, file))).sort();
}
