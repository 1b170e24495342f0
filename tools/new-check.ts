/** `npm run new-check -- scs-0214/my-check --fact kube/nodes --requirement scs-0214-v2/my-requirement`: starts a new check. */
import path from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "../src/model/faults.ts";
import { newCheck, usage } from "./scaffold/new-check.ts";
import type { StubLevel } from "./scaffold/requirement-stub.ts";

const isLevel = (text: string): text is StubLevel => ["must", "should", "may"].includes(text);

function request() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        fact: { type: "string", multiple: true, default: [] },
        requirement: { type: "string", default: "" },
        level: { type: "string", default: "should" },
      },
    });
    const [id = "", ...more] = positionals;
    if (more.length > 0) throw new UsageError(`one check at a time, not also ${more.join(" ")}`, usage);
    if (!isLevel(values.level)) throw new UsageError(`"${values.level}" is no level: must, should or may`, usage);
    return { id, facts: values.fact, requirement: values.requirement, level: values.level };
  } catch (error) {
    throw error instanceof UsageError
      ? error
      : new UsageError(error instanceof Error ? error.message : String(error), usage);
  }
}

try {
  // run.js sets the second word to this file's own path
  const root = path.resolve(path.dirname(process.argv[1] ?? "."), "..");
  const wanted = request();
  for (const file of newCheck(root, wanted)) console.log(file);
  console.log("Next: replace every TODO in them, run `npm run generate`, and then");
  console.log(`  npx vitest run --project hermetic checks/${wanted.id}`);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n${error.advice ?? usage}`);
  process.exitCode = 3;
}
