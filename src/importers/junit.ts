/** Reads JUnit XML as ginkgo writes it, in one pass: no DTD, no entities but XML's own five, bounded depth and names. */
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { limits, refused } from "./limits.ts";
import { specName } from "./spec-name.ts";
import { emptyRun, note, type SpecState, type SuiteRun } from "./suite-run.ts";

/** Suite properties that tell how the suite was started. */
const kept = new Set([
  "DryRun",
  "FlakeAttempts",
  "FocusStrings",
  "LabelFilter",
  "ParallelTotal",
  "RandomSeed",
  "SkipStrings",
]);
/** Characters; a failure's message stands in one. */
const maxAttribute = 4 * 1024 * 1024;

interface OpenSpec {
  readonly name: string | undefined;
  readonly seconds: number | undefined;
  state: SpecState;
  flaked: boolean;
  readonly interrupted: boolean;
}

/** Throws UsageError for what is no well-formed JUnit file, or more than one could be. */
export async function readJunit(chunks: AsyncIterable<Uint8Array>, file: string): Promise<SuiteRun> {
  const run = emptyRun();
  const parser = new SaxesParser({ xmlns: false, position: true, fileName: "" });
  let depth = 0;
  let cases = 0;
  let root: string | undefined;
  let spec: OpenSpec | undefined;

  parser.on("error", (error) => {
    const [line = "", column = ""] = error.message.replace(/^:/, "").split(":", 2);
    throw refused(file, `is no well-formed XML (line ${line}, column ${column})`);
  });
  parser.on("doctype", () => {
    throw refused(file, "holds a document type definition, which no JUnit file needs");
  });
  parser.on("attribute", ({ value }) => {
    if (value.length > maxAttribute) throw refused(file, "holds an attribute that is too long");
  });
  parser.on("opentag", (tag) => {
    depth += 1;
    if (depth > limits.depth) throw refused(file, "is nested too deeply");
    root ??= tag.name;
    if (root !== "testsuites" && root !== "testsuite") throw refused(file, "is XML, but no JUnit file");
    if (tag.name === "testsuite" && spec === undefined) noteSuite(run, tag);
    else if (tag.name === "property") noteProperty(run, tag);
    else if (tag.name === "testcase") {
      cases += 1;
      if (cases > limits.specs) throw refused(file, `holds more than ${limits.specs} tests`);
      spec = opened(tag, file);
    } else if (spec) noteOutcome(spec, tag.name);
  });
  parser.on("closetag", (tag) => {
    depth -= 1;
    if (tag.name !== "testcase" || !spec) return;
    closeSpec(run, spec);
    spec = undefined;
  });

  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const chunk of chunks) parser.write(decoded(decoder, chunk, file));
  parser.write(decoded(decoder, undefined, file));
  parser.close();
  return run;
}

function decoded(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array | undefined, file: string): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw refused(file, "is not UTF-8");
  }
}

function noteSuite(run: SuiteRun, { attributes }: SaxesTagPlain): void {
  const { timestamp, time } = attributes;
  // without a zone, as ginkgo writes it: the suite's container runs on UTC
  const zone = timestamp !== undefined && /(Z|[+-]\d{2}:?\d{2})$/.test(timestamp) ? "" : "Z";
  const start = timestamp === undefined ? Number.NaN : Date.parse(`${timestamp}${zone}`);
  if (Number.isFinite(start)) run.start = Math.min(run.start ?? start, start);
  run.seconds = Math.max(run.seconds, secondsOf(time) ?? 0);
}

function noteProperty(run: SuiteRun, { attributes }: SaxesTagPlain): void {
  const { name, value } = attributes;
  if (name !== undefined && value !== undefined && kept.has(name)) run.properties.set(name, value.slice(0, 4000));
}

function opened({ attributes }: SaxesTagPlain, file: string): OpenSpec {
  const { name = "", status, time } = attributes;
  if (name.length > limits.name) throw refused(file, "holds a test whose name is too long");
  return {
    name: specName(name),
    seconds: secondsOf(time),
    state: stateOf(status),
    interrupted: status === "interrupted",
    flaked: false,
  };
}

/** Ginkgo's words for a spec that failed. */
const failing = new Set(["failed", "timedout", "panicked", "aborted"]);

/**
 * Old files have no such word and tell only what is not passed; a word that is not ginkgo's proves nothing. Neither does a spec
 * that somebody interrupted: it was not executed to its end.
 */
function stateOf(status: string | undefined): SpecState {
  if (status === undefined || status === "passed") return "passed";
  return failing.has(status) ? "failed" : "skipped";
}

function noteOutcome(spec: OpenSpec, tag: string): void {
  if (tag === "failure" || tag === "error") spec.state = spec.interrupted ? "skipped" : "failed";
  else if (tag === "skipped" && spec.state === "passed") spec.state = "skipped";
  else if (tag === "flakyFailure" || tag === "rerunFailure") spec.flaked = true;
}

function closeSpec(run: SuiteRun, { name, state, seconds, flaked }: OpenSpec): void {
  if (name === undefined) return;
  note(run, name, state);
  if (flaked && state === "passed") run.flaked.add(name);
  if (state !== "skipped" && seconds !== undefined) run.specSeconds = (run.specSeconds ?? 0) + seconds;
}

function secondsOf(text: string | undefined): number | undefined {
  const seconds = Number(text);
  return text !== undefined && text !== "" && seconds >= 0 && seconds < 1e8 ? seconds : undefined;
}
