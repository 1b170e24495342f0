/** The files a run leaves (design: fixed names), made of sealed evidence and a report. */
import { type Format, type ReporterContext, reporters } from "../../reporters/index.ts";
import type { SealedEvidence } from "../evidence/seal.ts";
import { sha256 } from "../model/digest.ts";
import type { Report } from "../model/report.ts";
import type { Signer } from "../model/signer.ts";
import { envelopeText, preAuthEncoding } from "../signing/dsse.ts";
import type { FormatOptions } from "./options.ts";
import type { RunFile } from "./run-folder.ts";

export const reportNamespace = "report@scs-conformance";
export const evidenceNamespace = "evidence@scs-conformance";
/** Fixed by the compliance monitor. */
export const monitorNamespace = "report";

export const statementFile = "statement.intoto.json";
export const statementType = "application/vnd.in-toto+json";
export const envelopeFile = "report.dsse.json";

/** Formats that are always written. */
const standing: readonly Format[] = ["html", "scs-yaml"];

export async function runFiles(
  sealed: SealedEvidence,
  { report, text }: { readonly report: Report; readonly text: string },
  { formats, sarifLocation }: FormatOptions,
  signer: Signer | undefined,
): Promise<readonly RunFile[]> {
  const context = reporterContext(text, { sealed, signedBy: signer?.fingerprint, sarifLocation });
  const rendered = [...new Set([...standing, ...formats])].flatMap((format) => {
    const reporter = reporters[format];
    const optional = !formats.includes(format) && reporter.refuses?.(report) !== undefined;
    return optional || format === "json" ? [] : [{ name: reporter.file, content: reporter.render(report, context) }];
  });
  const files: RunFile[] = [
    { name: "report.json", content: text },
    { name: "evidence.json", content: sealed.parts },
    ...rendered,
  ];
  return signer ? [...files, ...(await signatures(files, signer))] : files;
}

interface Beside {
  readonly sealed?: Pick<SealedEvidence, "evidence"> | undefined;
  readonly signedBy?: string | undefined;
  readonly sarifLocation?: string | undefined;
}

export function reporterContext(text: string, { sealed, signedBy, sarifLocation }: Beside = {}): ReporterContext {
  return {
    reportSha256: sha256(text),
    ...(sealed ? { evidence: sealed.evidence } : {}),
    ...(signedBy === undefined ? {} : { signedBy }),
    ...(sarifLocation === undefined ? {} : { sarifLocation }),
  };
}

/** Signatures beside the files they are over. */
export async function signatures(files: readonly RunFile[], signer: Signer): Promise<readonly RunFile[]> {
  const namespaces: { readonly [name: string]: string } = {
    "report.json": reportNamespace,
    "report.scs.yaml": monitorNamespace,
  };
  const signed: RunFile[] = [];
  for (const { name, content } of files) {
    const namespace = namespaces[name];
    if (namespace === undefined) continue;
    signed.push({ name: `${name}.sig`, content: await signer.sign(bytesOf(content), namespace) });
  }
  const statement = files.find(({ name }) => name === statementFile);
  return [...signed, ...(statement ? await envelope(statement, signer) : [])];
}

/** The statement in an envelope, when the key can sign one. */
async function envelope({ content }: RunFile, { fingerprint, signPlain }: Signer): Promise<readonly RunFile[]> {
  if (signPlain === undefined) return [];
  const payload = bytesOf(content);
  const sig = await signPlain(preAuthEncoding(statementType, payload));
  const text = envelopeText({ payloadType: statementType, payload, signatures: [{ keyid: fingerprint, sig }] });
  return [{ name: envelopeFile, content: text }];
}

function bytesOf(content: RunFile["content"]): Buffer {
  return typeof content === "string" ? Buffer.from(content, "utf8") : Buffer.concat(content);
}
