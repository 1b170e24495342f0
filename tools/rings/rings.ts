/** The rings of tests and what each needs beyond Node. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { buildTestbed, builtFolder } from "../../testbed/build.ts";
import { missingOnMachine } from "../../testbed/real-nodes/requirements.ts";
import { testbedSource } from "../../testbed/source.ts";

/** Ready, perhaps with more environment; or what is lacking and how to get it. */
export type Readiness =
  | { readonly ready: true; readonly env?: Readonly<Record<string, string>> }
  | { readonly ready: false; readonly because: string; readonly get: string };

export interface Ring {
  /** A project in vitest.config.ts. */
  readonly name: string;
  /** Gets what it needs where that can be had. Throws when getting it fails: that is a failure, not a skip. */
  prepare(root: string): Promise<Readiness>;
}

export const rings: readonly Ring[] = [
  { name: "hermetic", prepare: async () => ({ ready: true }) },
  { name: "command", prepare: bundle },
  { name: "control-plane", prepare: testbed },
  { name: "nodes", prepare: realNodes },
  { name: "browser", prepare: browser },
];

async function bundle(root: string): Promise<Readiness> {
  const done = spawnSync(process.execPath, ["tools/build.js"], { cwd: root, stdio: "inherit" });
  if (done.status !== 0) throw new Error("dist/ could not be built: see what esbuild says above");
  return { ready: true };
}

async function testbed(): Promise<Readiness> {
  const source = testbedSource();
  if (source.kind !== "none") return { ready: true };
  if (process.env.KUBEBUILDER_ASSETS || process.env.SCS_TEST_KUBECONFIG) {
    return { ready: false, because: source.because, get: "correct or unset that variable" };
  }
  if (!hasGo()) {
    return {
      ready: false,
      because: "there are no binaries of a control plane, and no Go to build them",
      get: "install Go 1.26 and run `npm run testbed`, or set KUBEBUILDER_ASSETS to binaries of envtest",
    };
  }
  console.log("Building the binaries of the test clusters: about five minutes, once.");
  await buildTestbed((line) => console.log(line));
  return { ready: true };
}

async function realNodes(): Promise<Readiness> {
  const missing = missingOnMachine();
  if (missing !== undefined) return { ready: false, ...missing };
  if (existsSync(builtFolder(process.env, "nodes"))) return { ready: true };
  if (!hasGo()) {
    return {
      ready: false,
      because: "there are no binaries of real nodes, and no Go to build them",
      get: "install Go 1.26 and run `npm run testbed`",
    };
  }
  console.log("Building the binaries of real nodes: about ten minutes, once.");
  await buildTestbed((line) => console.log(line), "nodes");
  return { ready: true };
}

function hasGo(): boolean {
  return spawnSync("go", ["version"]).status === 0;
}

async function browser(): Promise<Readiness> {
  const named = process.env.CHROMIUM_PATH;
  const places = named ? [named] : ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = places.find((place) => existsSync(place));
  return found
    ? { ready: true, env: { CHROMIUM_PATH: found } }
    : {
        ready: false,
        because: `there is no Chromium (looked for ${places.join(", ")})`,
        get: "install it (Debian: `apt-get install chromium`) or set CHROMIUM_PATH",
      };
}
