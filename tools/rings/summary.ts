/** The end of `npm test`: what ran, what did not and how to get it, and the one line that counts. */
import type { Tally } from "./tally.ts";

export type RingResult =
  | { readonly ring: string; readonly kind: "ran"; readonly tally: Tally }
  /** Something this machine lacks. */
  | { readonly ring: string; readonly kind: "skipped"; readonly because: string; readonly get: string };

export interface Summary {
  readonly text: string;
  readonly exitCode: 0 | 1;
}

/** `strict`: a skipped ring or test is a failure, as in CI, where everything can be had. */
export function summaryOf(results: readonly RingResult[], strict: boolean): Summary {
  const ran = results.flatMap((result) => (result.kind === "ran" ? [result] : []));
  const lacking = results.flatMap((result) => (result.kind === "skipped" ? [result] : []));
  const skipped = ran.flatMap(({ ring, tally }) => tally.skipped.map((test) => `${ring}: ${test}`));
  const failures = ran.flatMap(({ ring, tally }) => tally.failed.map((test) => `${ring}: ${test}`));
  const passed = ran.reduce((sum, { tally }) => sum + tally.passed, 0);
  const failed = failures.length + (strict ? lacking.length + skipped.length : 0);
  const verdict = strict ? " (an error in CI)" : "";
  const lines = [
    ...ran.map(({ ring, tally }) => `${ring}: ${tally.passed} passed, ${tally.failed.length} failed`),
    ...list("Failed", failures),
    ...list(`Skipped inside a ring${verdict}`, skipped),
    ...list(`Rings not run on this machine${verdict}`, lacking.map(notRun)),
    `${passed} passed, ${failed} failed`,
  ];
  return { text: `${lines.join("\n")}\n`, exitCode: failed > 0 ? 1 : 0 };
}

const list = (title: string, entries: readonly string[]) =>
  entries.length === 0 ? [] : ["", `${title}:`, ...entries.map((entry) => `  - ${entry}`), ""];
const notRun = ({ ring, because, get }: { ring: string; because: string; get: string }) =>
  `${ring}: ${because}\n    To run it: ${get}`;
