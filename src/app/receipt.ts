/** receipt.monitor.json: what was handed in where and when. The monitor keeps neither signature nor bytes, so the receipt does. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { sha256 } from "../model/digest.ts";
import { UsageError } from "../model/faults.ts";
import type { Instant } from "../model/vocabulary.ts";
import type { MonitorForm } from "../monitor/forms.ts";
import type { HandedIn } from "../monitor/hand-in.ts";
import type { Cleared } from "./pre-flight.ts";
import { decodeText, readIfThere } from "./read-file.ts";
import { writeWhole } from "./write-file.ts";

const receiptFile = "receipt.monitor.json";

export interface Receipt {
  /** Scheme, host and port. */
  readonly monitor: string;
  readonly at: Instant;
  readonly form: MonitorForm;
  readonly signed: { readonly signature: string; readonly signedBy: string | undefined } | undefined;
}

const Taken = Type.Object({
  monitor: Type.String(),
  outcome: Type.String(),
  documents: Type.Array(Type.Object({ uuid: Type.String(), sha256: Type.String() })),
});

const maxReceiptBytes = 1024 * 1024;

/** Documents that receipts beside their reports say this monitor took, byte for byte. What is no receipt says nothing. */
export async function receiptsOf(documents: readonly Cleared[], monitor: string): Promise<ReadonlySet<Cleared>> {
  const found = new Set<Cleared>();
  for (const document of documents) {
    const taken = await readReceipt(path.join(document.source.folder, receiptFile));
    if (taken?.monitor !== monitor || taken.outcome !== "stored") continue;
    const digest = sha256(document.text);
    if (taken.documents.some((one) => one.uuid === document.uuid && one.sha256 === digest)) found.add(document);
  }
  return found;
}

async function readReceipt(file: string): Promise<Static<typeof Taken> | undefined> {
  try {
    const bytes = await readIfThere(file, maxReceiptBytes);
    const value: unknown = bytes && JSON.parse(decodeText(file, bytes));
    return Value.Check(Taken, value) ? value : undefined;
  } catch (error) {
    if (error instanceof UsageError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** One beside each report; returns their paths. A receipt that is there is kept when the report was at the monitor already. */
export async function writeReceipts(
  handedIn: HandedIn<Cleared>,
  documents: readonly Cleared[],
  { monitor, at, form, signed }: Receipt,
): Promise<readonly string[]> {
  if (handedIn.outcome !== "stored" && handedIn.outcome !== "there") return [];
  const written: string[] = [];
  for (const folder of new Set(documents.map(({ source }) => source.folder))) {
    const file = path.join(folder, receiptFile);
    const isHere = ({ source }: Cleared) => source.folder === folder;
    const stored = handedIn.outcome === "stored" && handedIn.sent.some(isHere) ? handedIn : undefined;
    if (!stored && (await fs.stat(file).catch(() => undefined))) continue;
    const receipt = {
      schemaVersion: 1,
      monitor,
      at,
      form,
      outcome: stored ? "stored" : "there",
      ...(stored && {
        status: 200,
        readBack: stored.seen,
        body: { sha256: sha256(stored.body), bytes: Buffer.byteLength(stored.body) },
        signedBy: signed?.signedBy ?? "unknown",
        signature: signed?.signature ?? "",
      }),
      // in the order in which they were signed
      documents: (stored?.sent ?? documents.filter(isHere)).map((document) => ({
        uuid: document.uuid,
        subject: document.subject,
        checkedAt: document.checkedAt ?? null,
        sha256: sha256(document.text),
        here: isHere(document),
      })),
    };
    await writeWhole(file, `${JSON.stringify(receipt, null, 2)}\n`);
    written.push(file);
  }
  return written;
}
