/** Everything that speaks against handing in, found before the first byte on the wire. */
import path from "node:path";
import { embeddedScope, parseScope, scopeNames } from "../catalogue/scope.ts";
import { type InputFault, UsageError } from "../model/faults.ts";
import { isJsonObject } from "../model/json.ts";
import type { Scope } from "../model/scope.ts";
import { type Fields, fieldsOf } from "../monitor/forms.ts";
import { type ReadDocument, readDocuments } from "../monitor/read-documents.ts";
import type { KnownScope, RuleContext } from "../monitor/rule.ts";
import { refusalsOf } from "../monitor/rules.ts";
import { loadScope } from "./scope.ts";
import type { Source } from "./submit-sources.ts";

/** A document that nothing speaks against. */
export interface Cleared extends ReadDocument, Fields {
  readonly source: Source;
}

/** More than years of nightly runs are a mistake. */
const mostDocuments = 500;

/** All documents of all sources, in their order. UsageError with every refusal, each naming its rule. */
export function preFlight(sources: readonly Source[], context: RuleContext): readonly Cleared[] {
  const faults: InputFault[] = [];
  const cleared: Cleared[] = [];
  for (const source of sources) {
    const { file } = source;
    const documents = readDocuments(source.text);
    if (typeof documents === "string") faults.push({ file, message: `yaml: ${documents}` });
    else if (documents.length === 0) faults.push({ file, message: "empty: there is no report in it" });
    else if (cleared.length + documents.length > mostDocuments) {
      faults.push({ file, message: `many: more than ${mostDocuments} reports at once. Hand them in by parts.` });
    } else {
      for (const [index, document] of documents.entries()) {
        const found = checked(document, source, context, cleared);
        if ("fields" in found) cleared.push({ ...document, ...found.fields, source });
        else {
          const where = documents.length > 1 ? `document ${index + 1}: ` : "";
          faults.push(...found.faults.map((fault) => ({ file, message: `${where}${fault}` })));
        }
      }
    }
  }
  if (faults.length > 0) throw new UsageError(faults, "Nothing was sent.");
  return cleared;
}

function checked(
  document: ReadDocument,
  source: Source,
  context: RuleContext,
  before: readonly Cleared[],
): { readonly fields: Fields } | { readonly faults: readonly string[] } {
  const fields = fieldsOf(document.value);
  if (!("uuid" in fields)) {
    return { faults: fields.map((fault) => `shape: ${fault}. The monitor would fail over it, or its page.`) };
  }
  const faults = refusalsOf(document, fields, context).map(
    ({ rule, message, advice }) => `${rule}: ${message}. ${advice}`,
  );
  const twin = before.find(({ uuid }) => uuid === fields.uuid);
  if (twin) {
    faults.push(`twice: the report ${fields.uuid} is also in ${path.basename(twin.source.file)}. Name it once.`);
  }
  if (!source.judged && isJsonObject(document.value) && typeof document.value.report_sha256 === "string") {
    faults.push("recomputation: no report.json stands beside it to judge again. Hand in the run's folder.");
  }
  return faults.length > 0 ? { faults } : { fields };
}

/** The scopes that the suite carries, and those of the caller's files, which win. */
export async function knownScopes(files: readonly string[]): Promise<readonly KnownScope[]> {
  const own = scopeNames.map((name) => parseScope({ ...embeddedScope(name), file: name }));
  const given: Scope[] = [];
  for (const file of files) given.push((await loadScope(file, undefined)).scope);
  return [...given, ...own];
}
