/** Reads the ledgers that runs left. Whatever does not have their form is no ledger of ours. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { parseInstant } from "../../model/instant.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { type LedgerHead, type LedgerStep, ledgerSuffix, type ProcessMark } from "./ledger.ts";
import { objectIn } from "./objects.ts";

export interface StoredLedger {
  readonly file: string;
  readonly head: LedgerHead;
  readonly entries: ReadonlyMap<string, LedgerStep>;
}

const mostBytes = 8 * 1024 * 1024;
const mostLedgers = 1_000;

/** Oldest name first; empty where there is no such folder. */
export function readLedgers(folder: string): readonly StoredLedger[] {
  return namesIn(folder).flatMap((name) => readLedger(path.join(folder, name)) ?? []);
}

function namesIn(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(ledgerSuffix));
    return names.sort().slice(0, mostLedgers);
  } catch {
    return [];
  }
}

function readLedger(file: string): StoredLedger | undefined {
  const [first, ...rest] = linesOf(file);
  const head = first && headOf(first);
  if (head === undefined || path.basename(file) !== `${head.run}${ledgerSuffix}`) return undefined;
  const entries = new Map<string, LedgerStep>();
  for (const line of rest) {
    const step = stepOf(line);
    if (step !== undefined) entries.set(step.path, { ...entries.get(step.path), ...step });
  }
  return { file, head, entries };
}

/** A line that a crash cut off says nothing. */
function linesOf(file: string): readonly JsonObject[] {
  try {
    if (statSync(file).size > mostBytes) return [];
    return readFileSync(file, "utf8")
      .split("\n")
      .map(objectIn)
      .filter((line) => line !== undefined);
  } catch {
    return [];
  }
}

function headOf(line: JsonObject): LedgerHead | undefined {
  const { ledger, run, secret, cluster, namespace } = line;
  const startedAt = parseInstant(String(line.startedAt));
  const expires = parseInstant(String(line.expires));
  const process = isJsonObject(line.process) ? processOf(line.process) : undefined;
  const named = namespace === undefined || (typeof namespace === "string" && /^[a-z0-9-]{1,63}$/.test(namespace));
  if (ledger !== 1 || !isText(run, /^[a-z0-9]{5}$/) || !isText(secret, /^[0-9a-f]{64}$/) || !named) return undefined;
  if (!isText(cluster, /^[0-9a-f]{64}$/) || startedAt === undefined || expires === undefined || !process)
    return undefined;
  return {
    ledger,
    run,
    secret,
    startedAt,
    expires,
    process,
    cluster,
    ...(namespace === undefined ? {} : { namespace }),
  };
}

function processOf({ pid, started, host, boot }: JsonObject): ProcessMark | undefined {
  if (typeof pid !== "number" || !Number.isSafeInteger(pid) || pid <= 0) return undefined;
  const texts = [started, host, boot];
  if (!texts.every((text) => typeof text === "string" && text.length <= 300)) return undefined;
  return { pid, started: started as string, host: host as string, boot: boot as string };
}

function stepOf({ path: object, step, uid }: JsonObject): LedgerStep | undefined {
  if (!isText(object, /^\/apis?\/[A-Za-z0-9._:/-]{1,800}$/)) return undefined;
  if (step !== "making" && step !== "made" && step !== "gone" && step !== "follows") return undefined;
  return { path: object, step, ...(isText(uid, /^[0-9a-f-]{36}$/i) ? { uid } : {}) };
}

const isText = (value: unknown, form: RegExp): value is string => typeof value === "string" && form.test(value);
