/**
 * Upstream's whole e2e suite on a test cluster of real nodes, for hours: `node tools/run.js whole-suite KIND FOLDER`, with
 * `--flaw NAME` on a flawed one, with `--focus EXPRESSION` a part of it. KIND is what `--run-conformance` takes, FOLDER (new) is
 * where reports and the cluster's own lists go. No ring of tests can wait for it; those run single specs
 * (`tests/nodes/policies.test.ts`).
 */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { outlivingObjects } from "../testbed/outliving.ts";
import { importConformanceImage } from "../testbed/real-nodes/conformance-image.ts";
import { type RealNodes, realNodes } from "../testbed/real-nodes/real-nodes.ts";
import { provideSpecImages } from "../testbed/real-nodes/spec-images.ts";
import { type Flaw, flawed } from "../testbed/real-nodes/variants.ts";

const selections: Readonly<Record<string, readonly string[]>> = {
  // the matrix beside the specs, so that both speak of the same cluster
  networkpolicy: ["--only", "scs-0219-v1/*,proposed-networking-v1/*", "--include", "proposed"],
  full: ["--only", "scs-0201-v1/*"],
};

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { flaw: { type: "string" }, focus: { type: "string" } },
  });
  const [kind = "", folder = ""] = positionals;
  const { flaw, focus } = values;
  const selection = selections[kind];
  if (selection === undefined || folder === "" || (flaw !== undefined && !(flaw in flawed))) {
    console.error(`whole-suite ${Object.keys(selections).join("|")} FOLDER [--focus EXPRESSION] [--flaw NAME]`);
    console.error(`Flaws: ${Object.keys(flawed).join(", ")}.`);
    return 3;
  }
  mkdirSync(folder);
  const cluster = await realNodes({ storage: "network", ...(flaw === undefined ? {} : flawed[flaw as Flaw]) });
  let images: { stop(): void } | undefined;
  try {
    await importConformanceImage(cluster.nodes.slice(1));
    images = kind === "full" ? await provideSpecImages(cluster) : undefined;
    const part = focus === undefined ? [] : ["--conformance-focus", focus];
    return await checked(cluster, kind, [...selection, ...part], path.resolve(folder));
  } finally {
    images?.stop();
    await cluster.stop();
  }
}

async function checked(cluster: RealNodes, kind: string, selection: readonly string[], folder: string) {
  const before = await lists(cluster, path.join(folder, "before.txt"));
  const started = Date.now();
  const acting = ["--tier", "system", "--image", "nodes", "--run-conformance", kind];
  const output = ["-o", path.join(folder, "report")];
  const kubeconfig = await cluster.kubeconfig();
  const code = await command(["check", "--kubeconfig", kubeconfig, ...acting, ...selection, ...output], folder);
  const after = await lists(cluster, path.join(folder, "after.txt"));
  const minutes = Math.round((Date.now() - started) / 60_000);
  console.log(
    `exit code ${code} after ${minutes} minutes; the cluster's lists are ${before === after ? "as" : "NOT as"} before`,
  );
  return before === after ? 0 : 1;
}

async function lists(cluster: RealNodes, file: string): Promise<string> {
  const text = (await outlivingObjects(cluster)).join("\n");
  writeFileSync(file, `${text}\n`);
  return text;
}

/** The built command, as a user has it. */
function command(args: readonly string[], cwd: string): Promise<number | null> {
  const bundle = path.resolve("dist/scs-conformance.js");
  const env = { ...process.env, XDG_STATE_HOME: path.join(cwd, "state") };
  const child = spawn(process.execPath, [bundle, ...args], { cwd, env, stdio: "inherit" });
  return new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
}

process.exitCode = await main(process.argv.slice(2));
