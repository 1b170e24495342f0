/** What a run of Vitest amounts to, read from the output of its JSON reporter. */

export interface Tally {
  readonly passed: number;
  /** `file > name`, or what else went wrong. */
  readonly failed: readonly string[];
  /** Tests that exist and did not run: skip, todo. */
  readonly skipped: readonly string[];
}

interface VitestJson {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/**
 * `json`: text that the reporter left, undefined when it left none. `exitCode`: of Vitest, null when it was killed.
 * A file that cannot be loaded, a run that ends badly and a ring without any test count as one failure each.
 */
export function tallyOf(json: string | undefined, exitCode: number | null, root: string): Tally {
  const parsed = json === undefined ? undefined : parse(json);
  if (!parsed)
    return { passed: 0, failed: [`Vitest ended with ${exitCode ?? "a signal"} and left no results`], skipped: [] };
  const tests = parsed.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({ ...test, title: `${below(root, file.name)} > ${test.fullName}` })),
  );
  const titles = (wanted: (status: string) => boolean) =>
    tests.filter((test) => wanted(test.status)).map((test) => test.title);
  const unloaded = parsed.testResults
    .filter((file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed"))
    .map((file) => `${below(root, file.name)} (the file itself)`);
  const failed = [...titles((status) => status === "failed"), ...unloaded];
  if (failed.length === 0 && exitCode !== 0)
    failed.push(`Vitest ended with ${exitCode ?? "a signal"} although no test failed`);
  if (failed.length === 0 && tests.length === 0) failed.push("the ring has no tests");
  return {
    passed: titles((status) => status === "passed").length,
    failed,
    skipped: titles((status) => status !== "passed" && status !== "failed"),
  };
}

function parse(json: string): VitestJson | undefined {
  try {
    return JSON.parse(json) as VitestJson;
  } catch {
    return undefined;
  }
}

const below = (root: string, file: string) => (file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file);
