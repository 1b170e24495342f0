/**
 * The library: what the command line calls, one function a use case. Files and folders are named by the caller, nothing is
 * printed, no environment is read but where an option says so. Wrong calls reject with UsageError, defects of ours with Defect.
 */
export { type CheckOptions, check } from "./app/check.ts";
export { diffRuns } from "./app/diff-runs.ts";
export { type EvaluateOptions, evaluateEvidence } from "./app/evaluate-evidence.ts";
export { type GatheredEvidence, type GatherOptions, gatherEvidence } from "./app/gather-evidence.ts";
export { judgeEvidence } from "./app/judge-evidence.ts";
export type { RunResult } from "./app/leave-run.ts";
export { type MadeMatrix, type MatrixOptions, makeMatrix } from "./app/matrix/make-matrix.ts";
export type {
  ClusterOptions,
  FormatOptions,
  InputOptions,
  SelectionOptions,
  SigningOptions,
} from "./app/options.ts";
export { type OutlookOptions, outlook } from "./app/outlook.ts";
export { type ReducedEvidence, type ReduceOptions, writeReduced } from "./app/reduce-evidence.ts";
export { type RenderOptions, renderReport } from "./app/render-report.ts";
export { type SignedRun, signRun } from "./app/sign-run.ts";
export { readEvidence, readRun, type StoredRun } from "./app/stored-run.ts";
export { tool } from "./app/tool.ts";
export { type Layer, type Verification, type VerifyOptions, verifyRun } from "./app/verify-run.ts";
export type { Comparison } from "./model/comparison.ts";
export type { Evidence, Gathering, Inputs, StoredFact } from "./model/evidence.ts";
export { Defect, UsageError } from "./model/faults.ts";
export type { Finding, Missing } from "./model/finding.ts";
export type { Matrix } from "./model/matrix.ts";
export type { Outlook } from "./model/outlook.ts";
export type { Report, Result } from "./model/report.ts";
export type { Outcome, Verdict } from "./model/vocabulary.ts";
