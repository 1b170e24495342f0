import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder `testbed/`, found from wherever this code was bundled to. Throws when the project is not around it. */
export function testbedFolder(): string {
  for (let folder = path.dirname(fileURLToPath(import.meta.url)); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, "testbed");
    if (existsSync(path.join(candidate, "kubernetes", "go.mod"))) {
      return candidate;
    }
    if (folder === path.dirname(folder)) {
      throw new Error("The folder testbed/ with its Go modules was not found; run from a checkout of the project.");
    }
  }
}

/** Where built binaries stay between runs: SCS_TESTBED_CACHE, else below XDG_CACHE_HOME, else below ~/.cache. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.SCS_TESTBED_CACHE) {
    return path.resolve(env.SCS_TESTBED_CACHE);
  }
  return path.join(env.XDG_CACHE_HOME || path.join(homedir(), ".cache"), "scs-conformance-testbed");
}
