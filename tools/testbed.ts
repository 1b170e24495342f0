/** `npm run testbed`: builds the binaries of the test clusters once and says where they are. */
import { buildTestbed } from "../testbed/build.ts";
import { binarySource } from "../testbed/source.ts";

const source = binarySource();
if (source.kind === "assets") {
  console.log(`Using the binaries of KUBEBUILDER_ASSETS in ${source.folder}; nothing to build.`);
} else {
  const start = performance.now();
  const folder = await buildTestbed((line) => console.log(line));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(source.kind === "built" ? `Already built: ${folder}` : `Built in ${seconds} s: ${folder}`);
}
