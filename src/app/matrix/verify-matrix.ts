/** verify of a matrix: its bytes, its signature, every report that it indexes, and the whole made again of them. */
import path from "node:path";
import type { FoundReport } from "../../engine/matrix/matrix-of.ts";
import { shapeFaults } from "../../evidence/open.ts";
import { sha256 } from "../../model/digest.ts";
import { UsageError } from "../../model/faults.ts";
import { instantAt, millisecondsOf } from "../../model/instant.ts";
import { deeperThan } from "../../model/json.ts";
import { Matrix } from "../../model/matrix.ts";
import { notYet } from "../../model/not-yet.ts";
import { jsonText } from "../../model/report-text.ts";
import type { SignatureCheck } from "../../model/signer.ts";
import type { Instant } from "../../model/vocabulary.ts";
import { verifySignature } from "../../signing/verify.ts";
import { decodeText, readStored } from "../read-file.ts";
import { signatureBeside } from "../stored-run.ts";
import { tool } from "../tool.ts";
import { type Layer, signer as signerLayer } from "../verify-layers.ts";
import { exitCodeFor } from "../verify-run.ts";
import { findRuns } from "./find-runs.ts";
import { lookAtRun } from "./look-at-run.ts";
import { judgeMatrix } from "./make-matrix.ts";
import { matrixNamespace } from "./matrix-files.ts";

export interface VerifyMatrixOptions {
  /** matrix.json. */
  readonly file: string;
  /** Folders that hold the reports. */
  readonly reports: readonly string[];
  readonly allowedSigners: string | undefined;
  readonly revoked: string | undefined;
  readonly at?: Instant | undefined;
  readonly now: () => Date;
}

export interface MatrixVerification {
  readonly matrix: Matrix | undefined;
  readonly layers: readonly Layer[];
  readonly exitCode: 0 | 2 | 4;
}

const maxMatrixBytes = 64 * 1024 * 1024;
const deepestMatrix = 60;

export async function verifyMatrix(options: VerifyMatrixOptions): Promise<MatrixVerification> {
  const { file, now, allowedSigners, revoked } = options;
  const bytes = await readStored(file, maxMatrixBytes);
  const text = decodeText(file, bytes);
  const matrix = parsedMatrix(text);
  if (typeof matrix === "string") {
    return {
      matrix: undefined,
      layers: [{ name: "bytes", state: "bad", detail: `${path.basename(file)} ${matrix}` }],
      exitCode: 4,
    };
  }
  const armored = await signatureBeside(file);
  const at = options.at ?? instantAt(now().getTime());
  const question = { message: bytes, namespace: matrixNamespace, principal: matrix.name, allowedSigners, revoked, at };
  const check = armored === undefined ? undefined : verifySignature({ armored, ...question });
  const layers: readonly Layer[] = [
    jsonText(matrix) === text
      ? { name: "bytes", state: "ok", detail: "matrix.json has the form in which it was sealed" }
      : { name: "bytes", state: "bad", detail: "matrix.json was written anew after it was sealed" },
    signature(check),
    signerLayer(check, allowedSigners),
    time(matrix, now(), options.at),
    ...(await againstReports(matrix, text, options.reports)),
  ];
  return { matrix, layers, exitCode: exitCodeFor(layers) };
}

function parsedMatrix(text: string): Matrix | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "is not JSON";
  }
  if (deeperThan(deepestMatrix, value)) return "is nested too deeply for a matrix";
  const [fault] = shapeFaults(Matrix, value);
  return fault === undefined ? (value as Matrix) : `is no matrix of this suite: ${fault}`;
}

function signature(check: SignatureCheck | undefined): Layer {
  const name = "signature";
  if (!check) return { name, state: "bad", detail: "there is no matrix.json.sig beside the matrix" };
  if (check.state === "bad") return { name, state: "bad", detail: check.reason };
  if (check.fingerprint === undefined) return { name, state: "unchecked", detail: check.reason };
  return { name, state: "ok", detail: `intact, by ${check.fingerprint}` };
}

function time({ asOf }: Matrix, now: Date, at: Instant | undefined): Layer {
  const name = "time";
  if (notYet(asOf, now)) return { name, state: "bad", detail: `speaks of ${asOf}, which has not come yet` };
  if (at !== undefined && notYet(asOf, new Date(millisecondsOf(at)))) {
    return { name, state: "bad", detail: `speaks of ${asOf}, after its signature is known to have existed (${at})` };
  }
  return { name, state: "ok", detail: `as of ${asOf}, by the word of who made it` };
}

/** Every report by its digest; then the matrix is made again of them. */
async function againstReports(matrix: Matrix, text: string, folders: readonly string[]): Promise<readonly Layer[]> {
  if (folders.length === 0) {
    const detail = "give --reports DIR to say where the reports are that it is made of";
    return [
      { name: "reports", state: "unchecked", detail },
      { name: "recomputation", state: "unchecked", detail: "without the reports nothing can be judged again" },
    ];
  }
  const { allowedSigners, declarationSigners, reviewSigners, revoked } = matrix.inputs;
  const signers = { allowedSigners, declarationSigners, reviewSigners, revoked };
  const wanted = new Map(matrix.reports.map((report) => [report.sha256, report]));
  const found: FoundReport[] = [];
  for (const run of await findRuns(folders)) {
    const looked = await lookAtRun(run, matrix.asOf, signers);
    const known = wanted.get(looked.sha256);
    if (!known || found.some(({ sha256: digest }) => digest === looked.sha256)) continue;
    found.push({ ...looked, place: known.place });
  }
  const absent = matrix.reports.filter((report) => !found.some(({ sha256: digest }) => digest === report.sha256));
  if (absent.length > 0) {
    const lines = absent.map(({ place, sha256: digest }) => `${digest.slice(0, 12)} ${place}`);
    return [
      {
        name: "reports",
        state: "unchecked",
        detail: `${absent.length} of ${matrix.reports.length} are not there`,
        lines,
      },
      { name: "recomputation", state: "unchecked", detail: "without all reports nothing can be judged again" },
    ];
  }
  return [
    { name: "reports", state: "ok", detail: `all ${matrix.reports.length} are there, by digest` },
    recomputed(matrix, text, found),
  ];
}

function recomputed(matrix: Matrix, text: string, found: readonly FoundReport[]): Layer {
  const name = "recomputation";
  if (sha256(matrix.inputs.scope.text) !== matrix.inputs.scope.sha256) {
    return { name, state: "bad", detail: "the digest of the scope definition does not hold" };
  }
  const same = matrix.tool.sha256 === tool.sha256;
  try {
    const again = judgeMatrix(matrix, found, same ? matrix.tool : tool);
    if (jsonText(again) === text) return { name, state: "ok", detail: `made again, the same bytes: ${matrix.verdict}` };
    const lines = differences(matrix, again);
    if (same && matrix.standards.sha256 === again.standards.sha256) {
      return { name, state: "bad", detail: "the reports do not give this matrix", lines };
    }
    const by = `${matrix.tool.name} ${matrix.tool.version} (tool ${matrix.tool.sha256.slice(0, 12)})`;
    return lines.length === 0
      ? { name, state: "ok", detail: `every cell agrees; byte for byte it takes ${by}` }
      : { name, state: "differs", detail: `this version judges otherwise; byte for byte it takes ${by}`, lines };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { name, state: "bad", detail: error.faults[0]?.message ?? "the matrix cannot be made again" };
  }
}

function differences(old: Matrix, fresh: Matrix): readonly string[] {
  const told = (matrix: Matrix) =>
    new Map([
      ["verdict", matrix.verdict] as const,
      ...matrix.cells.map(({ subject, verdict, validUntil }) => [subject, `${verdict} until ${validUntil}`] as const),
      ...matrix.providers.flatMap(({ name, statements }) =>
        statements.map(({ requirement, outcome }) => [`${name} ${requirement}`, outcome] as const),
      ),
      ...matrix.reports.map(({ place, state, because }) => [place, `${state} ${because}`.trim()] as const),
    ]);
  const [before, after] = [told(old), told(fresh)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [a, b] = [before.get(key), after.get(key)];
    return a === b ? [] : [`${key}: ${a ?? "absent"} in the matrix, ${b ?? "absent"} recomputed`];
  });
}
