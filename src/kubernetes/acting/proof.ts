/** Whether an object that bears our labels is one that a run of ours made, and may be removed. */
import { parseInstant } from "../../model/instant.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Instant } from "../../model/vocabulary.ts";
import type { StoredLedger } from "./ledger-file.ts";
import { expiresAnnotation, managedBy, objectAnnotation, runLabel } from "./marks.ts";
import { metadataOf, uidOf } from "./objects.ts";
import { bearsProof } from "./run.ts";

export interface Marked {
  readonly run: string;
  readonly path: string;
  readonly uid: string;
  readonly expires: Instant | undefined;
  /** `ledger`: only our run can have written that; `marks`: it says of itself what only its maker would say of it. */
  readonly proof: "ledger" | "marks" | undefined;
}

/** Undefined for what does not bear our labels in our form. */
export function markedObject(
  object: JsonObject,
  collection: string,
  ledgerOf: (run: string) => StoredLedger | undefined,
): Marked | undefined {
  const { name, labels, annotations } = metadataOf(object);
  const run = isJsonObject(labels) && labels[managedBy.label] === managedBy.value ? labels[runLabel] : undefined;
  const uid = uidOf(object);
  if (typeof name !== "string" || !/^[a-z0-9][a-z0-9.:-]{0,252}$/.test(name) || uid === undefined) return undefined;
  const path = `${collection}/${name}`;
  const told = isJsonObject(annotations) ? annotations : {};
  const expires = parseInstant(String(told[expiresAnnotation]));
  const id = typeof run === "string" && /^[a-z0-9]{5}$/.test(run) ? run : "";
  const named = id !== "" && hasRun(name, id);
  const ledger = ledgerOf(id);
  const entry = ledger?.entries.get(path);
  const byLedger =
    named && (entry?.uid === undefined ? bearsProof(object, path, ledger?.head.secret) : entry.uid === uid);
  // a copy of the labels and annotations bears the path of what they were copied from
  const byMarks = named && told[objectAnnotation] === path && expires !== undefined;
  return { run: id, path, uid, expires, proof: byLedger ? "ledger" : byMarks ? "marks" : undefined };
}

/** The run is a part of the name by itself. */
function hasRun(name: string, run: string): boolean {
  return name.split(/[.:-]/).includes(run);
}
