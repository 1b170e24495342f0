/**
 * `npm run testbed [-- control-plane|nodes|conformance|specs]`: builds the binaries of the test clusters once and says where they are.
 * Without a word all but one: `specs` is for the whole of upstream's suite (`whole-suite`), which no test runs.
 */

import { existsSync } from "node:fs";
import { buildTestbed, builtFolder } from "../testbed/build.ts";
import { type BinarySet, binarySets } from "../testbed/recipe.ts";
import { binarySource } from "../testbed/source.ts";

const sets = Object.keys(binarySets) as BinarySet[];
const [, , ...asked] = process.argv;
const unknown = asked.filter((name) => !sets.some((set) => set === name));
if (unknown.length > 0) {
  console.error(`There is no set "${unknown.join('", "')}"; there are ${sets.join(", ")}.`);
  process.exit(3);
}
const source = binarySource();
for (const set of sets.filter((name) => (asked.length === 0 ? name !== "specs" : asked.includes(name)))) {
  if (set === "control-plane" && source.kind === "assets") {
    console.log(`${set}: using the binaries of KUBEBUILDER_ASSETS in ${source.folder}; nothing to build.`);
    continue;
  }
  const start = performance.now();
  const there = existsSync(builtFolder(process.env, set));
  const folder = await buildTestbed((line) => console.log(line), set);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(there ? `${set}: already built: ${folder}` : `${set}: built in ${seconds} s: ${folder}`);
}
