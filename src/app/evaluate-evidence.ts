/** Judges stored evidence again, without a cluster; new inputs make a new evidence file over the same facts. */
import { sealEvidence } from "../evidence/seal.ts";
import type { Evidence, Inputs } from "../model/evidence.ts";
import { UsageError } from "../model/faults.ts";
import type { Instant, Tier } from "../model/vocabulary.ts";
import { pairIn, resultInputs, stated } from "./conformance-results.ts";
import { givenInputs, givenResults, releasesInput } from "./inputs.ts";
import { judgeEvidence } from "./judge-evidence.ts";
import { openSigner } from "./key.ts";
import { inRunFolder, leaveRun, type RunResult } from "./leave-run.ts";
import type { FormatOptions, InputOptions, SigningOptions } from "./options.ts";
import type { FolderOptions } from "./run-folder.ts";
import { loadScope } from "./scope.ts";
import { readEvidence } from "./stored-run.ts";

export interface EvaluateOptions extends FormatOptions, FolderOptions {
  readonly file: string;
  /** Inputs that replace those in the evidence; what is absent stays as it is. */
  readonly scope?: string | undefined;
  readonly scopeVersion?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly includeProposed?: boolean | undefined;
  readonly asOf?: Instant | undefined;
  readonly inputs: InputOptions;
  readonly signing: SigningOptions;
}

export async function evaluateEvidence(options: EvaluateOptions): Promise<RunResult> {
  const opened = await readEvidence(options.file);
  if (opened.broken.length > 0) {
    throw new UsageError(
      opened.broken.map((what) => ({ file: options.file, message: `the digest of ${what} does not hold` })),
      "The evidence was changed after it was sealed; judge the original.",
    );
  }
  const signer = await openSigner(options.signing);
  const { gathering } = opened.evidence.facts;
  const sealed = sealEvidence(gathering, await newInputs(opened.evidence, options, signer?.fingerprint));
  const report = judgeEvidence(sealed, options.asOf);
  const { formats, sarifLocation } = options;
  const leaving = { sealed, report, formats, sarifLocation, signer, suffix: "-evaluated" };
  return inRunFolder(options, (folder) => leaveRun(folder, leaving));
}

async function newInputs(
  { facts, inputs: { conformanceResults, networkPolicyResults, ...old } }: Evidence,
  options: EvaluateOptions,
  signedBy: string | undefined,
): Promise<Inputs> {
  const { scope, scopeVersion, only, skip, includeProposed, inputs } = options;
  const version = scopeVersion ?? (scope === undefined ? old.scope.version : undefined);
  const { version: _, ...unversioned } = old.scope;
  const definition = scope === undefined ? unversioned : (await loadScope(scope, undefined)).input;
  const data = inputs.data === undefined ? old.kubernetesReleases : await releasesInput(inputs.data);
  const tier: Tier = old.selection.tier;
  const before = pairIn({
    ...(conformanceResults ? { conformanceResults } : {}),
    ...(networkPolicyResults ? { networkPolicyResults } : {}),
  });
  const { pair, ...nodes } = await givenResults(inputs);
  const results = { ...before, ...stated(pair, inputs.subject ?? old.subject, signedBy) };
  return {
    ...old,
    subject: inputs.subject ?? old.subject,
    scope: { ...definition, ...(version === undefined ? {} : { version }) },
    selection: { only: [...(only ?? old.selection.only)], skip: [...(skip ?? old.selection.skip)], tier },
    includeProposed: includeProposed ?? old.includeProposed,
    kubernetesReleases: data,
    ...resultInputs(results),
    // names that stand as commitments cannot be held against names of a result
    ...(facts.gathering.redaction ? {} : nodes),
    ...(await givenInputs(inputs)),
  };
}
