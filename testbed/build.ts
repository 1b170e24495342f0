import { execFile } from "node:child_process";
import {
  existsSync,
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
import { type BinaryRecipe, binaries, components, kwokStages, recipeDigest } from "./recipe.ts";

const run = promisify(execFile);

/** Where the binaries of the present recipe are, or would be once built. */
export function builtFolder(env: NodeJS.ProcessEnv = process.env): string {
  return path.join(cacheFolder(env), recipeDigest(), "bin");
}

/**
 * Builds etcd, kwok and the Kubernetes multi-call binary from the Go module proxy into the cache, unless they are there.
 * Minutes when cold, nothing when cached. The folder appears by one rename: a killed build leaves nothing half built.
 * Errors: a sentence that says what the Go tool said.
 */
export async function buildTestbed(say: (line: string) => void): Promise<string> {
  const target = path.dirname(builtFolder());
  if (existsSync(target)) {
    return builtFolder();
  }
  const draft = path.join(cacheFolder(), `building-${process.pid}`);
  removeAbandonedDrafts();
  mkdirSync(path.join(draft, "bin"), { recursive: true });
  try {
    for (const recipe of binaries) {
      say(`building ${recipe.module} ...`);
      await goBuild(recipe, path.join(draft, "bin", recipe.module));
    }
    for (const component of components) {
      symlinkSync("kubernetes", path.join(draft, "bin", component));
    }
    writeFileSync(path.join(draft, "bin", "kwok-stages.yaml"), await readStages());
    publish(draft, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return builtFolder();
}

async function goBuild(recipe: BinaryRecipe, output: string): Promise<void> {
  const flags = ["-trimpath", "-buildvcs=false", "-ldflags", recipe.linkerFlags.join(" ")];
  await go(recipe.module, ["build", ...flags, "-o", output, recipe.package]);
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
