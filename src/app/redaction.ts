/** --redact names: names go before anything is sealed, and what opens them stays with the owner. */
import { randomBytes } from "node:crypto";
import { promises as fs } from "node:fs";
import path from "node:path";
import { createCommitter } from "../evidence/committer.ts";
import { type Redacted, redactNames } from "../evidence/redact-names.ts";
import { type SealedEvidence, sealEvidence } from "../evidence/seal.ts";
import type { OpeningsFile } from "../model/commitment.ts";
import type { Gathering, Inputs } from "../model/evidence.ts";
import { UsageError } from "../model/faults.ts";
import type { Redactor } from "../model/probe.ts";
import { jsonText } from "../model/report-text.ts";
import { refuseUnwritable, writePrivate } from "./write-file.ts";

/** Where the owner keeps what opens the names; undefined: names stay. */
export interface RedactOptions {
  readonly openings: string;
}

export interface Redaction {
  /** For probes: pseudonyms that can be opened. */
  readonly redactor: Redactor;
  apply(gathering: Gathering, inputs: Inputs): Pick<Redacted, "gathering" | "inputs">;
  /** Keeps the openings, readable by their owner alone. Before the evidence is put in place: without them it could never be opened. */
  save(sealed: SealedEvidence): Promise<void>;
  /** Forgets them when the evidence did not come to be. */
  discard(): Promise<void>;
}

/** UsageError for a file that is there, that cannot be written, or that would lie in what is handed in. */
export async function openRedaction(
  options: RedactOptions | undefined,
  folder: string | undefined,
): Promise<Redaction | undefined> {
  if (!options) return undefined;
  const { openings: file } = options;
  if (folder !== undefined && !path.relative(path.resolve(folder), path.resolve(file)).startsWith("..")) {
    throw new UsageError(
      [{ file, message: "would lie in the folder that is handed in" }],
      "Name a file elsewhere with --openings.",
    );
  }
  await refuseUnwritable(file);
  if (await fs.stat(file).catch(() => undefined)) {
    throw new UsageError(
      [{ file, message: "is there already" }],
      "It may be all that opens an earlier run; name a new file with --openings.",
    );
  }
  const committer = createCommitter((bytes) => randomBytes(bytes));
  let kept: Redacted | undefined;
  let saved = false;
  return {
    redactor: committer,
    apply(gathering, inputs) {
      kept = redactNames(gathering, inputs, committer);
      return kept;
    },
    async save({ sha256 }) {
      const openings: OpeningsFile = {
        schemaVersion: 1,
        kind: "openings",
        evidence: sha256,
        openings: [...(kept?.openings ?? [])],
      };
      await writePrivate(file, jsonText(openings));
      saved = true;
    },
    async discard() {
      if (saved) await fs.rm(file, { force: true });
    },
  };
}

/** What a redaction gives to looking: nothing without one. */
export function redactorOf(redaction: Redaction | undefined): { readonly redactor?: Redactor } {
  return redaction ? { redactor: redaction.redactor } : {};
}

/** Sealed as it is, or without names. */
export function sealedBy(redaction: Redaction | undefined, gathering: Gathering, inputs: Inputs): SealedEvidence {
  const kept = redaction ? redaction.apply(gathering, inputs) : { gathering, inputs };
  return sealEvidence(kept.gathering, kept.inputs);
}

/** Keeps what opens the names, and puts the evidence in place: both or none. */
export async function keeping<T>(
  redaction: Redaction | undefined,
  sealed: SealedEvidence,
  work: () => Promise<T>,
): Promise<T> {
  await redaction?.save(sealed);
  try {
    return await work();
  } catch (error) {
    await redaction?.discard();
    throw error;
  }
}
