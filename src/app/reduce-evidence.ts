/** evidence: what a reviewer needs to judge again and nothing else of the cluster, names of machines as commitments. */
import { promises as fs } from "node:fs";
import path from "node:path";
import type { OpenedEvidence } from "../evidence/open.ts";
import { reduceEvidence } from "../evidence/reduce.ts";
import type { SealedEvidence } from "../evidence/seal.ts";
import { canonicalJson } from "../model/canonical-json.ts";
import { Defect, UsageError } from "../model/faults.ts";
import type { Json } from "../model/json.ts";
import type { Report } from "../model/report.ts";
import type { Instant } from "../model/vocabulary.ts";
import { judgeEvidence } from "./judge-evidence.ts";
import { openSigner } from "./key.ts";
import type { SigningOptions } from "./options.ts";
import { keeping, openRedaction, type RedactOptions, sealedBy } from "./redaction.ts";
import { evidenceNamespace } from "./run-files.ts";
import { readEvidence, readRun } from "./stored-run.ts";
import { refuseUnwritable, writeWhole } from "./write-file.ts";

export interface ReduceOptions {
  /** evidence.json, or the folder of a run. */
  readonly target: string;
  readonly file: string;
  /** The day that it is to be judged as of; default: that of the run, else the end of gathering. */
  readonly asOf?: Instant | undefined;
  /** Only what binding requirements rest on. */
  readonly forReview: boolean;
  /** Names of machines go, and what opens them is kept there. */
  readonly redact?: RedactOptions | undefined;
  readonly signing: SigningOptions;
}

export interface ReducedEvidence {
  readonly sealed: SealedEvidence;
  readonly kept: number;
  readonly leftOut: number;
  /** Requirements that the smaller evidence does not answer any more. */
  readonly unseen: readonly string[];
}

/** They name the cluster in the report. */
const standing = ["kube/version", "kube/identity", "kube/platform", "kube/nodes"];

export async function writeReduced(options: ReduceOptions): Promise<ReducedEvidence> {
  const { opened, asOf } = await wholeEvidence(options.target);
  const signer = await openSigner(options.signing);
  await refuseUnwritable(options.file);
  const redaction = await openRedaction(options.redact, path.dirname(options.file));
  const { gathering } = opened.evidence.facts;
  if (redaction && gathering.redaction) {
    throw new UsageError([{ file: options.target, message: "holds commitments in place of names already" }]);
  }
  const whole = redaction ? sealedBy(redaction, gathering, opened.evidence.inputs) : opened;
  const reduced = options.forReview ? reducedFor(whole, options.asOf ?? asOf) : unreduced(whole);
  const signature = await signer?.sign(Buffer.concat(reduced.sealed.parts), evidenceNamespace);
  await keeping(redaction, reduced.sealed, async () => {
    await writeWhole(options.file, reduced.sealed.parts);
    if (signature !== undefined) await writeWhole(`${options.file}.sig`, signature);
  });
  return reduced;
}

async function wholeEvidence(target: string): Promise<{ opened: OpenedEvidence; asOf: Instant | undefined }> {
  const folder = (await fs.stat(target).catch(() => undefined))?.isDirectory() === true;
  const file = folder ? path.join(target, "evidence.json") : target;
  const opened = await readEvidence(file);
  const [broken] = opened.broken;
  if (broken !== undefined) {
    throw new UsageError(
      [{ file, message: `the digest of ${broken} does not hold` }],
      "The evidence was changed after it was sealed; take the original.",
    );
  }
  return { opened, asOf: folder ? (await readRun(target)).report.asOf : undefined };
}

function unreduced(sealed: SealedEvidence): ReducedEvidence {
  return { sealed, kept: Object.keys(sealed.evidence.facts.gathering.items).length, leftOut: 0, unseen: [] };
}

/** Throws a Defect when what binds would not come out as before: then the part is not a part of the whole. */
export function reducedFor(whole: SealedEvidence, asOf?: Instant): ReducedEvidence {
  const before = judgeEvidence(whole, asOf);
  const used = before.results.flatMap(({ binding, facts }) => (binding ? facts : []));
  const sealed = reduceEvidence(whole, new Set([...standing, ...used]));
  const after = judgeEvidence(sealed, before.asOf);
  if (bindingText(before) !== bindingText(after))
    throw new Defect("reduced evidence does not give the same binding results");
  const { reduced, items } = sealed.evidence.facts.gathering;
  return {
    sealed,
    kept: Object.keys(items).length,
    leftOut: reduced?.leftOut.length ?? 0,
    unseen: after.results
      .filter(({ missing }) => missing.some(({ reason }) => reason === "left-out"))
      .map(({ requirement }) => requirement),
  };
}

/** All of a report that binds. */
export function bindingText({
  verdict,
  testcaseVerdict,
  attestations,
  partial,
  testcases,
  results,
  cluster,
}: Report): string {
  const binding = results.filter((result) => result.binding);
  return canonicalJson({
    verdict,
    testcaseVerdict,
    attestations,
    partial,
    testcases,
    binding,
    cluster,
  } as unknown as Json);
}
