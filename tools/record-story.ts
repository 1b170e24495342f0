/** Records stories anew (fixtures/clusters): `node tools/run.js record-story all`, or a list of names. Expected outcomes stay. */
import { spawnSync } from "node:child_process";

const names = process.argv.slice(2);
if (names.length === 0) {
  console.error("Name the stories to record, or say `all`; the names are the folders below fixtures/clusters.");
  process.exit(3);
}
const vitest = ["vitest", "run", "--project", "hermetic", "tests/hermetic/stories/recording.test.ts"];
const env = { ...process.env, RECORD_STORIES: names.join(",") };
process.exit(spawnSync("npx", vitest, { stdio: "inherit", env }).status ?? 1);
