/** The scope a caller means: one of ours by name, or a file in upstream's form. */
import path from "node:path";
import { embeddedScope, parseScope, scopeNames } from "../catalogue/scope.ts";
import { sha256 } from "../model/digest.ts";
import type { Inputs } from "../model/evidence.ts";
import { UsageError } from "../model/faults.ts";
import type { Scope } from "../model/scope.ts";
import { readText } from "./read-file.ts";

const maxScopeBytes = 1024 * 1024;

export interface LoadedScope {
  readonly scope: Scope;
  readonly input: Inputs["scope"];
}

export async function loadScope(nameOrFile: string, version: string | undefined): Promise<LoadedScope> {
  const known = scopeNames.includes(nameOrFile);
  if (!known && !/[./\\]/.test(nameOrFile)) {
    throw new UsageError(
      `There is no scope ${JSON.stringify(nameOrFile)}.`,
      `Known scopes: ${scopeNames.join(", ")}; or name a file.`,
    );
  }
  const { id, text } = known ? embeddedScope(nameOrFile) : await scopeFile(nameOrFile);
  return {
    scope: parseScope({ id, text, file: known ? id : nameOrFile }),
    input: { id, text, sha256: sha256(text), ...(version === undefined ? {} : { version }) },
  };
}

async function scopeFile(file: string): Promise<{ id: string; text: string }> {
  return { id: path.basename(file).replace(/\.ya?ml$/, ""), text: await readText(file, maxScopeBytes) };
}
