/**
 * The ledger of a run: what it makes, written down before it is made, so that whatever ends the run, the next one knows.
 * One JSON line a step, appended and synced; a last line that was cut off says nothing.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import type { Instant } from "../../model/vocabulary.ts";

/** The first line: whose ledger this is. The secret proves objects; the file is for its owner's eyes only. */
export interface LedgerHead {
  readonly ledger: 1;
  readonly run: string;
  readonly secret: string;
  readonly startedAt: Instant;
  readonly expires: Instant;
  readonly process: ProcessMark;
  /** Digest of the API server's address: tells clusters apart, and names none. */
  readonly cluster: string;
  /** The only namespace that the run may use, when its caller named one. */
  readonly namespace?: string;
}

/** A process that can be told from a later one with the same number. */
export interface ProcessMark {
  readonly pid: number;
  /** Start of the process in clock ticks since the machine's, "" where nobody says. */
  readonly started: string;
  readonly host: string;
  /** Of this start of the machine, "" where nobody says. */
  readonly boot: string;
}

/**
 * `making` may have been made; `gone` was refused or has been seen gone. What `follows` the cluster made for the run (a volume):
 * it has to go by itself.
 */
export interface LedgerStep {
  readonly path: string;
  readonly step: "making" | "made" | "gone" | "follows";
  readonly uid?: string;
}

/** What a run made, from its ledger or from what its objects say. */
export interface Made {
  /** Without a secret only a uid proves an object. */
  readonly head: Pick<LedgerHead, "run" | "namespace"> & { readonly secret?: string };
  /** Each object once, in the order of making. */
  readonly entries: ReadonlyMap<string, LedgerStep>;
  /** False when the line could not be written: then nothing may be made. */
  note(step: LedgerStep): boolean;
}

export interface Ledger extends Made {
  readonly head: LedgerHead;
  /** Nothing is left: the file goes. */
  forget(): void;
  close(): void;
}

export const ledgerSuffix = ".ledger.jsonl";

/** Makes the file, and the folder for it, readable by their owner only. Throws what the file system throws. */
export function openLedger(folder: string, head: LedgerHead): Ledger {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${head.run}${ledgerSuffix}`);
  const handle = openSync(file, "ax", 0o600);
  append(handle, head);
  syncFolder(folder);
  return ledgerOver(head, file, handle, new Map());
}

/** Goes on with the ledger of a run that has ended. */
export function resumeLedger(file: string, head: LedgerHead, entries: ReadonlyMap<string, LedgerStep>): Ledger {
  return ledgerOver(head, file, openSync(file, "a", 0o600), new Map(entries));
}

function ledgerOver(head: LedgerHead, file: string, handle: number, entries: Map<string, LedgerStep>): Ledger {
  let open = true;
  const close = (): void => {
    if (open) closeSync(handle);
    open = false;
  };
  return {
    head,
    entries,
    note(step) {
      const known = entries.get(step.path);
      entries.set(step.path, { ...known, ...step });
      try {
        if (open) append(handle, step);
        return open;
      } catch {
        return false;
      }
    },
    forget() {
      close();
      rmSync(file, { force: true });
    },
    close,
  };
}

function append(handle: number, line: LedgerHead | LedgerStep): void {
  writeSync(handle, `${JSON.stringify(line)}\n`);
  fsyncSync(handle);
}

/** The file's name as well must survive a crash. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
