/** verify's layer for the in-toto statement beside a report, and for the envelope that it is signed in. */
import path from "node:path";
import { sha256 } from "../model/digest.ts";
import type { SignatureCheck } from "../model/signer.ts";
import type { Instant } from "../model/vocabulary.ts";
import { verifyEnvelope } from "../signing/verify-dsse.ts";
import { derivedFile, given } from "./derived-file.ts";
import { readIfThere } from "./read-file.ts";
import { envelopeFile, reportNamespace, statementType } from "./run-files.ts";
import { maxReportBytes, type StoredRun } from "./stored-run.ts";
import { tool } from "./tool.ts";
import type { Layer } from "./verify-layers.ts";

export interface EnvelopePolicy {
  readonly allowedSigners: string | undefined;
  readonly revoked: string | undefined;
  readonly at: Instant;
  /** The signature beside report.json, armored. */
  readonly armored: string | undefined;
}

const name = "envelope";

/** No layer when neither file is there. */
export async function envelopes(run: StoredRun, policy: EnvelopePolicy): Promise<readonly Layer[]> {
  const { inToto } = await import("../../reporters/in-toto.ts");
  const statement = await derivedFile(run, inToto);
  const bytes = await readIfThere(path.join(run.folder, envelopeFile), maxReportBytes);
  if (statement === undefined && bytes === undefined) return [];
  const ours = given(run, inToto);
  const isPayload = (content: Buffer) =>
    madeHere(run) ? ours?.equals(content) === true : namesReport(content, run.text);
  if (statement !== undefined && !isPayload(statement.content)) {
    return [{ name, state: "bad", detail: `${inToto.file} is not what the report gives` }];
  }
  if (bytes === undefined) return [{ name, state: "ok", detail: `${inToto.file} is what the report gives, unsigned` }];
  return [told(signed(bytes, isPayload, run, policy))];
}

function madeHere({ report }: StoredRun): boolean {
  return report.tool.sha256 === tool.sha256 && report.tool.version === tool.version;
}

/** Another version may word its statement otherwise; what it must do is name these very bytes. */
function namesReport(content: Buffer, text: string): boolean {
  try {
    const { subject } = JSON.parse(content.toString("utf8")) as { readonly subject: readonly unknown[] };
    return JSON.stringify(subject).includes(`"sha256":"${sha256(text)}"`);
  } catch {
    return false;
  }
}

/** Who may sign a report may sign its statement: the envelope's own type keeps the two apart. */
function signed(
  bytes: Uint8Array,
  isPayload: (content: Buffer) => boolean,
  { report }: StoredRun,
  { armored, ...policy }: EnvelopePolicy,
): SignatureCheck {
  return verifyEnvelope({
    ...policy,
    beside: armored,
    // an envelope is ASCII; whatever else stands there breaks it and not the reading
    text: Buffer.from(bytes).toString("latin1"),
    payloadType: statementType,
    isPayload,
    namespace: reportNamespace,
    principal: report.subject,
  });
}

function told({ state, reason, fingerprint }: SignatureCheck): Layer {
  if (state !== "ok") return { name, state, detail: `${envelopeFile}: ${reason}` };
  return { name, state, detail: `the statement is what the report gives, signed by ${fingerprint}, who may` };
}
