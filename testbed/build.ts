import { execFile } from "node:child_process";
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { cacheFolder, testbedFolder } from "./folders.ts";
import {
  type BinaryRecipe,
  type BinarySet,
  binaryDigest,
  binarySets,
  components,
  kwokStages,
  setDigest,
} from "./recipe.ts";

const run = promisify(execFile);

/** Where the binaries of a set are by the present recipe, or would be once built. */
export function builtFolder(env: NodeJS.ProcessEnv = process.env, set: BinarySet = "control-plane"): string {
  return path.join(cacheFolder(env), `${set}-${setDigest(set)}`, "bin");
}

/**
 * Builds the binaries of a set from the Go module proxy into the cache, each one only when it is not there: minutes when cold,
 * nothing when cached. Every folder appears by one rename: a killed build leaves nothing half built.
 * Errors: a sentence that says what the Go tool said.
 */
export async function buildTestbed(say: (line: string) => void, set: BinarySet = "control-plane"): Promise<string> {
  removeAbandonedDrafts();
  for (const recipe of binarySets[set]) {
    await provide(binaryFolder(recipe), async (draft) => {
      say(`building ${recipe.name} ...`);
      await goBuild(recipe, path.join(draft, recipe.name));
    });
  }
  await provide(path.dirname(builtFolder(process.env, set)), (draft) => collect(binarySets[set], draft));
  return builtFolder(process.env, set);
}

function binaryFolder(recipe: BinaryRecipe): string {
  return path.join(cacheFolder(), `${recipe.name}-${binaryDigest(recipe)}`);
}

/** All binaries of a set in one folder, which can be mounted into a container: hard links, for symbolic ones lead out of it. */
async function collect(recipes: readonly BinaryRecipe[], draft: string): Promise<void> {
  const bin = path.join(draft, "bin");
  mkdirSync(bin);
  for (const recipe of recipes) {
    linkSync(path.join(binaryFolder(recipe), recipe.name), path.join(bin, recipe.name));
  }
  const has = (name: string) => recipes.some((recipe) => recipe.name === name);
  for (const component of has("kubernetes") ? components : []) {
    symlinkSync("kubernetes", path.join(bin, component));
  }
  if (has("kwok")) writeFileSync(path.join(bin, "kwok-stages.yaml"), await readStages());
}

async function provide(target: string, fill: (draft: string) => Promise<void>): Promise<void> {
  if (existsSync(target)) {
    return;
  }
  const draft = path.join(cacheFolder(), `building-${process.pid}`);
  mkdirSync(draft);
  try {
    await fill(draft);
    publish(draft, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function goBuild(recipe: BinaryRecipe, output: string): Promise<void> {
  const flags = ["-trimpath", "-buildvcs=false", "-ldflags", recipe.linkerFlags.join(" ")];
  // what tests import was vetted upstream, and vetting it takes as long as building it
  const command = recipe.tests ? ["test", "-c", "-vet=off"] : ["build"];
  await go(recipe.module, [...command, ...flags, "-o", output, recipe.package]);
}

async function readStages(): Promise<string> {
  const folder = (await go("kwok", ["list", "-m", "-f", "{{.Dir}}", "sigs.k8s.io/kwok"])).trim();
  return kwokStages.map((stage) => readFileSync(path.join(folder, "kustomize", "stage", stage), "utf8")).join("---\n");
}

async function go(module: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off" };
  try {
    const done = await run("go", args, { cwd: path.join(testbedFolder(), module), env, maxBuffer: 64 * 1024 * 1024 });
    return done.stdout;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new Error("The Go tool was not found; install Go 1.26 or set KUBEBUILDER_ASSETS to ready binaries.");
    }
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new Error(`Building the testbed's ${module} failed:\n${said.split("\n").slice(-20).join("\n")}`);
  }
}

/** Somebody else may have been quicker; theirs is as good as ours. */
function publish(draft: string, target: string): void {
  try {
    renameSync(draft, target);
  } catch (error) {
    if (!existsSync(target)) {
      throw error;
    }
  }
}

function removeAbandonedDrafts(): void {
  mkdirSync(cacheFolder(), { recursive: true });
  for (const name of readdirSync(cacheFolder())) {
    const pid = Number(/^building-(\d+)$/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isInteger(pid) && !isAlive(pid)) {
      rmSync(path.join(cacheFolder(), name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
