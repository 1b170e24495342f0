/** What a caller wants to hand in to the monitor: runs, judged again first, or files of the monitor's form by other tools. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { UsageError } from "../model/faults.ts";
import type { MonitorForm } from "../monitor/forms.ts";
import { verifySignature } from "../signing/verify.ts";
import { decodeText, readStored } from "./read-file.ts";
import { monitorNamespace, reporterContext, reportNamespace } from "./run-files.ts";
import { formBeside, soundRun } from "./sound-run.ts";
import { type StoredRun, signatureBeside } from "./stored-run.ts";

export interface Source {
  /** The file that is handed in; of a run it need not be there yet. */
  readonly file: string;
  readonly folder: string;
  readonly text: string;
  /** Armored, intact, over exactly this text, when it stands beside the file. */
  readonly signature: string | undefined;
  /** False for a file that no report of this suite stands beside: it cannot be judged again. */
  readonly judged: boolean;
}

const maxBytes = 16 * 1024 * 1024;

/** UsageError for a run that does not hold, and for a signature that is not over what stands beside it. */
export async function readSource(target: string, form: MonitorForm, now: Date): Promise<Source> {
  const place = await runOf(target);
  if (place !== undefined) return ofRun(await soundRun(place, "Hand in", now), form);
  const text = decodeText(target, await readStored(target, maxBytes));
  const signature = await intactSignature(target, text, monitorNamespace);
  return { file: target, folder: path.dirname(target), text, signature, judged: false };
}

const formats = { today: "scs-yaml", coming: "scs-yaml-coming" } as const;

async function ofRun(run: StoredRun, form: MonitorForm): Promise<Source> {
  const { reporters } = await import("../../reporters/index.ts");
  const format = formats[form];
  const reporter = reporters[format];
  const refused = reporter.refuses?.(run.report);
  if (refused !== undefined) {
    throw new UsageError([{ file: run.file, message: `cannot be handed in: ${refused}` }]);
  }
  await intactSignature(run.file, run.text, reportNamespace);
  const there = await formBeside(run, reporter, format);
  const file = path.join(run.folder, reporter.file);
  const text = there?.content ?? reporter.render(run.report, reporterContext(run.text));
  const signature = there && (await intactSignature(file, text, monitorNamespace));
  return { file, folder: run.folder, text, signature, judged: true };
}

/** The run that a folder, a report.json or a form beside one belongs to. */
async function runOf(target: string): Promise<string | undefined> {
  const stat = await fs.stat(target).catch(() => undefined);
  if (stat?.isDirectory() || path.basename(target) === "report.json") return target;
  const beside = path.join(path.dirname(target), "report.json");
  const ours = ["report.scs.yaml", "report.scs-coming.yaml"].includes(path.basename(target));
  return ours && (await fs.stat(beside).catch(() => undefined)) ? path.dirname(target) : undefined;
}

/** The armored signature beside a file; undefined when there is none, UsageError for one that is not over this text. */
export async function intactSignature(file: string, text: string, namespace: string): Promise<string | undefined> {
  const armored = await signatureBeside(file);
  if (armored === undefined) return undefined;
  const found = checkSignature(armored, text, namespace);
  if (found.state !== "bad") return armored;
  throw new UsageError(
    [{ file: `${file}.sig`, message: found.reason }],
    "Remove it and give --key FILE, or sign anew: scs-conformance sign.",
  );
}

/** Whether a signature is over a text; who may sign for whom is the monitor's to say. */
export function checkSignature(armored: string, text: string, namespace: string) {
  const nobody = { principal: "", allowedSigners: undefined, revoked: undefined, at: undefined };
  return verifySignature({ armored, message: Buffer.from(text, "utf8"), namespace, touchRequired: false, ...nobody });
}
