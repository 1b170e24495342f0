/** The main job: gather, judge, write the files of a run. */
import { judgeEvidence } from "./judge-evidence.ts";
import { inRunFolder, leaveRun, type RunResult } from "./leave-run.ts";
import type { FormatOptions } from "./options.ts";
import { type LookingOptions, plannedLook } from "./planned-look.ts";
import { keeping, openRedaction } from "./redaction.ts";

export interface CheckOptions extends LookingOptions, FormatOptions {
  readonly folder?: string | undefined;
}

/** Everything a caller can get wrong is found before the first byte goes to the cluster. */
export async function check(options: CheckOptions): Promise<RunResult> {
  const { signer, look } = await plannedLook(options);
  const redaction = await openRedaction(options.redact, options.folder);
  return inRunFolder(options, async (folder) => {
    const { sealed } = await look(redaction);
    const report = judgeEvidence(sealed, options.selection.asOf);
    const { formats, sarifLocation, signal } = options;
    return keeping(redaction, sealed, () =>
      leaveRun(folder, { sealed, report, formats, sarifLocation, signer, suffix: "", signal }),
    );
  });
}
