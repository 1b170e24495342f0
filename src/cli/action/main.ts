/**
 * The GitHub Action: runs the program beside it with the step's inputs, keeps the runner from obeying what a cluster or a pull
 * request makes it print, and leaves outputs and a summary. The step ends with the program's own exit code.
 */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type ActionInputs, programEnvironment, readInputs } from "./inputs.ts";
import { command, outputs, silenced, summaryPart } from "./workflow-text.ts";

const program = path.join(import.meta.dirname, "scs-conformance.js");

interface Ended {
  readonly code: number;
  readonly stdout: string;
}

/** Output of the program goes through as it comes. */
function runProgram({ args, token }: ActionInputs): Promise<Ended> {
  const env = programEnvironment(process.env, token);
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    process.stdout.write(text);
  });
  child.stderr.on("data", (bytes: Buffer) => process.stdout.write(bytes));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 130, stdout }));
  });
}

const reviewStates: { readonly [code: number]: string } = { 0: "holds", 2: "open", 4: "fails" };

/** Files are ours, but what stands in them is a cluster's or somebody's: read for two fields, and for the summary. */
function leave({ command: name, folder }: ActionInputs, { code, stdout }: Ended): void {
  const file = (part: string) => (folder === undefined ? undefined : read(path.join(folder, part)));
  const verdict = name === "review" ? reviewStates[code] : verdictIn(file("report.json"));
  const summary = name === "review" ? stdout : file("report.md");
  const values = {
    "exit-code": String(code),
    verdict: verdict ?? "none",
    ...(folder !== undefined && verdict !== undefined && { folder, report: path.join(folder, "report.json") }),
  };
  const { GITHUB_OUTPUT: outputFile, GITHUB_STEP_SUMMARY: summaryFile } = process.env;
  if (outputFile) appendFileSync(outputFile, outputs(values, `end-${randomUUID()}`));
  if (!summaryFile || !summary) return;
  const written = statSync(summaryFile, { throwIfNoEntry: false })?.size ?? 0;
  appendFileSync(summaryFile, summaryPart(summary, written));
}

function read(file: string): string | undefined {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  return size === undefined || size > 64 * 1024 * 1024 ? undefined : readFileSync(file, "utf8");
}

function verdictIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const { verdict } = JSON.parse(text) as { readonly verdict?: unknown };
  return typeof verdict === "string" && /^(PASS|FAIL|MISS|DNF)$/.test(verdict) ? verdict : undefined;
}

const meanings: { readonly [code: number]: string } = {
  1: "not conformant",
  2: "inconclusive: something could not be looked at or checked",
  3: "wrong use, or an input that cannot be read",
  4: "it does not hold, or was refused",
  70: "a defect of scs-conformance",
  130: "interrupted",
};

const folder = path.join(process.env.RUNNER_TEMP || tmpdir(), `scs-report-${randomUUID()}`);
const inputs = readInputs(process.env, folder);
if (typeof inputs === "string") {
  process.stdout.write(command("error", "scs-conformance", inputs));
  process.exitCode = 3;
} else {
  const { begin, end } = silenced(randomUUID());
  process.stdout.write(begin);
  const ended = await runProgram(inputs).finally(() => process.stdout.write(end));
  leave(inputs, ended);
  process.exitCode = ended.code;
  const meaning = meanings[ended.code];
  if (ended.code !== 0) {
    process.stdout.write(
      command("error", `scs-conformance ${inputs.command}`, meaning ?? `it ended with ${ended.code}`),
    );
  }
}
