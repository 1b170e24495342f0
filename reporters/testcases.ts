/** testcases.txt: the line protocol of the official runner's check scripts. */

import type { Reporter } from "./reporter.ts";
import { protocolResult } from "./testcase-results.ts";
import { plain } from "./text/neutralise.ts";

export const testcases: Reporter = {
  file: "testcases.txt",
  mediaType: "text/plain",
  title: "one line per attempted testcase, as the official runner reads them",
  render: (report) =>
    report.testcases
      .flatMap((testcase) => {
        const result = protocolResult(testcase);
        return result === undefined ? [] : [`${plain(testcase.id)}: ${result.word}\n`];
      })
      .join(""),
};
