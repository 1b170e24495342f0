/** matrix: many reports into one signed index. */

import { parseScope } from "../../catalogue/scope.ts";
import { loadCatalogue } from "../../catalogue/standards.ts";
import { type FoundReport, matrixOf } from "../../engine/matrix/matrix-of.ts";
import { UsageError } from "../../model/faults.ts";
import { instantAt } from "../../model/instant.ts";
import type { Matrix, MatrixInputs } from "../../model/matrix.ts";
import { notYet } from "../../model/not-yet.ts";
import { jsonText } from "../../model/report-text.ts";
import type { Instant } from "../../model/vocabulary.ts";
import { openSigner } from "../key.ts";
import { inRunFolder } from "../leave-run.ts";
import type { SigningOptions } from "../options.ts";
import { releaseData } from "../release-data.ts";
import type { FolderOptions } from "../run-folder.ts";
import { loadScope } from "../scope.ts";
import { tool } from "../tool.ts";
import { type SignerTexts, signerTexts, type VerifyOptions } from "../verify-run.ts";
import { findRuns } from "./find-runs.ts";
import { lookAtRun } from "./look-at-run.ts";
import { matrixFiles } from "./matrix-files.ts";

export interface MatrixOptions extends Pick<VerifyOptions, keyof SignerTexts>, FolderOptions {
  readonly targets: readonly string[];
  readonly name: string;
  readonly scope: string;
  readonly scopeVersion?: string | undefined;
  /** Default: now. */
  readonly asOf?: Instant | undefined;
  /** Release data instead of the embedded ones. */
  readonly data?: string | undefined;
  readonly complete: boolean;
  readonly signing: SigningOptions;
  readonly folder: string;
  readonly now: () => Date;
}

export interface MadeMatrix {
  readonly matrix: Matrix;
  readonly text: string;
  readonly folder: string;
  readonly files: readonly string[];
  readonly signedBy: string | undefined;
}

export async function makeMatrix(options: MatrixOptions): Promise<MadeMatrix> {
  const { name, complete, now } = options;
  if (options.asOf !== undefined && notYet(options.asOf, now())) {
    throw new UsageError(`--as-of ${options.asOf} has not come yet.`, "Ask `scs-conformance outlook` what will be.");
  }
  const scope = await loadScope(options.scope, options.scopeVersion);
  const data = await releaseData(options.data);
  const signers = await signerTexts(options);
  const signer = await openSigner(options.signing);
  const runs = await findRuns(options.targets);
  return inRunFolder(options, async (folder) => {
    const asOf = options.asOf ?? instantAt(now().getTime());
    const found: FoundReport[] = [];
    for (const run of runs) found.push(await lookAtRun(run, asOf, signers));
    const { date, minors } = data.value;
    const given = Object.fromEntries(Object.entries(signers).filter(([, text]) => text !== undefined));
    const inputs: MatrixInputs = { scope: scope.input, complete, releases: { date, minors }, ...given };
    const matrix = judgeMatrix({ name, asOf, inputs, data: { date, sha256: data.sha256 } }, found, tool);
    const text = jsonText(matrix);
    const files = await matrixFiles(matrix, text, signer);
    return {
      matrix,
      text,
      folder: await folder.commit(files, "matrix"),
      files: files.map((file) => file.name),
      signedBy: signer?.fingerprint,
    };
  });
}

/** The matrix that reports give by inputs that stand in it. */
export function judgeMatrix(
  { name, asOf, inputs, data }: Pick<Matrix, "name" | "asOf" | "inputs" | "data">,
  found: readonly FoundReport[],
  judgedBy: Matrix["tool"],
): Matrix {
  const { id, text } = inputs.scope;
  const scope = parseScope({ id, text, file: id });
  return matrixOf({ name, found, asOf, scope, catalogue: loadCatalogue(), inputs, data, tool: judgedBy });
}
