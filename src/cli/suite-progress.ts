/** How far a run of the upstream e2e suite is: a line that rewrites itself on a terminal, now and then a line elsewhere. */
import type { SuiteNews } from "../app/run-suites.ts";
import type { SuiteProgress } from "../model/conformance/suite-log.ts";
import { type Output, printable } from "./output.ts";

/** Elsewhere than on a terminal: at most a line a minute, and one for each failure. */
const betweenMilliseconds = 60_000;

export function suiteProgress(output: Output, clock: () => number = Date.now): (news: SuiteNews) => void {
  const live = process.stderr.isTTY && !output.options.json && !output.options.quiet;
  let said = { at: Number.NEGATIVE_INFINITY, failed: 0, kind: "", text: "" };
  return ({ kind, event }) => {
    const text = printable(`conformance ${kind}: ${wordsOf(event)}`);
    const failed = event.kind === "progress" ? event.progress.failed : said.failed;
    if (live && event.kind !== "fetched" && event.kind !== "failed") {
      const width = (process.stderr.columns ?? 80) - 1;
      process.stderr.write(`\r\u001b[2K${output.paint.dim(text.slice(0, width))}`);
      return;
    }
    if (live) process.stderr.write("\r\u001b[2K");
    const over = event.kind === "progress" && event.progress.summary !== undefined;
    const news = over || event.kind !== said.kind || failed > said.failed || clock() - said.at >= betweenMilliseconds;
    if (!news || text === said.text) return;
    said = { at: clock(), failed, kind: event.kind, text };
    output.note(text, { run: kind, event: event.kind });
  };
}

function wordsOf(event: SuiteNews["event"]): string {
  switch (event.kind) {
    case "waiting":
      return `waiting: ${event.because}`;
    case "silence":
      return `no answer, the run goes on: ${event.because}`;
    case "failed":
      return `no results: ${event.message}`;
    case "fetched":
      return `results in ${event.folder}${event.image === undefined ? "" : `, by ${event.image}`}`;
    case "progress":
      return progressWords(event.progress);
  }
}

function progressWords({ done, total, failed, current, summary }: SuiteProgress): string {
  if (total === undefined) return "started";
  const share = `${done} of ${total} specs, ${failed} failed`;
  return summary === undefined && current !== undefined ? `${share}; ${current}` : share;
}
