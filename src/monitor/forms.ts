/** The two forms of a report that the compliance monitor takes, today's and the coming one, as far as it reads them. */
import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { AnyJson, isJsonObject, type Json } from "../model/json.ts";

/** today: Tests/scs-compliance-check.py, create_report; coming: branch feat/revamp-testing, scs_cert_lib.py, make_report. */
export type MonitorForm = "today" | "coming";

const text = Type.String();
const lines = Type.Array(text);
const count = Type.Integer({ minimum: 0 });
const uuid = Type.String({ pattern: "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$" });
const name = Type.String({ minLength: 1 });

/** The page reads every field of an invocation, so all must be there. */
const Invocation = Type.Object({
  id: text,
  cmd: text,
  results: Type.Record(text, AnyJson),
  rc: Type.Integer(),
  stdout: lines,
  stderr: lines,
  info: count,
  warning: count,
  error: count,
  critical: count,
});

const Today = Type.Object({
  spec: Type.Object({ uuid: text, name: text, url: text }),
  checked_at: AnyJson,
  subject: name,
  run: Type.Object({
    uuid,
    assignment: Type.Record(text, AnyJson),
    invocations: Type.Record(text, Invocation),
  }),
});

const Coming = Type.Object({
  uuid,
  creator: name,
  checked_at: AnyJson,
  subject: name,
  scope: text,
  tests: Type.Record(text, Type.Object({ result: AnyJson })),
  log: lines,
});

/** What rules and the exchange need of a document, whatever its form. */
export interface Fields {
  readonly form: MonitorForm;
  readonly uuid: string;
  readonly subject: string;
  /** Uuid of the scope. */
  readonly scope: string;
  /** Testcase ids with results, each as often as it is written. */
  readonly results: readonly (readonly [testcase: string, result: Json])[];
  /** Texts that the monitor's pages show as they are, with their places. */
  readonly shown: readonly (readonly [place: string, text: string])[];
}

/** The form that a document is in: the coming one has a top-level `creator`, and the monitor goes by that. */
export function formOf(value: Json): MonitorForm {
  return isJsonObject(value) && "creator" in value ? "coming" : "today";
}

/** The fields, or what is wrong with the shape, one clause each, at most three. */
export function fieldsOf(value: Json): Fields | readonly string[] {
  const form = formOf(value);
  const faults = shapeFaults(form === "today" ? Today : Coming, value);
  if (faults.length > 0) return faults;
  return form === "today" ? ofToday(value as Static<typeof Today>) : ofComing(value as Static<typeof Coming>);
}

function shapeFaults(schema: TSchema, value: Json): readonly string[] {
  const faults: string[] = [];
  let before: string | undefined;
  for (const { path, message } of Value.Errors(schema, value)) {
    // what is missing is also not of its type
    if (path === before) continue;
    before = path;
    faults.push(`${path === "" ? "the document" : path.slice(1).replaceAll("/", ".")}: ${message.toLowerCase()}`);
    if (faults.length === 3) break;
  }
  return faults;
}

function ofToday({ spec, subject, run }: Static<typeof Today>): Fields {
  const invocations = Object.values(run.invocations);
  return {
    form: "today",
    uuid: run.uuid,
    subject,
    scope: spec.uuid,
    results: invocations.flatMap(({ results }) => Object.entries(results)),
    shown: [
      ["spec.name", spec.name],
      ["subject", subject],
      ...invocations.flatMap(({ id, stderr }) =>
        stderr.filter((line) => /^(WARNIN|ERROR:)/.test(line)).map((line) => [`stderr of ${id}`, line] as const),
      ),
    ],
  };
}

function ofComing({ uuid: id, creator, subject, scope, tests, log }: Static<typeof Coming>): Fields {
  const kept = log.filter((line) => /^(WARNING: |ERROR: |CRITICAL: |INFO: \*\*\*)/.test(line));
  return {
    form: "coming",
    uuid: id,
    subject,
    scope,
    results: Object.entries(tests).map(([testcase, { result }]) => [testcase, result]),
    shown: [["creator", creator], ["subject", subject], ...kept.map((line) => ["log", line] as const)],
  };
}
