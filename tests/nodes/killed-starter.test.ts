/** Nothing of a cluster of real nodes outlives the process that started it, however that one ends. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { noTraces, tracesOf } from "../support/node-traces.ts";

const victimSource = `
  import { realNodes } from "../../testbed/real-nodes/real-nodes.ts";
  const cluster = await realNodes({ workers: 1, storage: "none" });
  console.log(JSON.stringify({ bridge: cluster.plan.bridge.name, folder: cluster.folder }));
  setInterval(() => {}, 1_000_000);
`;

test("kill -9 of the starter leaves no process, mount, link, cgroup or file", async () => {
  const root = path.resolve(import.meta.dirname, "../..");
  const scratch = mkdtempSync(path.join(root, "node_modules", ".victim-"));
  try {
    const outfile = path.join(scratch, "victim.mjs");
    const stdin = { contents: victimSource, resolveDir: import.meta.dirname };
    await build({ stdin, outfile, bundle: true, platform: "node", format: "esm", packages: "external" });
    const victim = spawn(process.execPath, [outfile], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    for await (const line of createInterface({ input: victim.stdout })) {
      said = line;
      break;
    }
    const { bridge, folder } = JSON.parse(said) as { readonly bridge: string; readonly folder: string };
    const before = tracesOf(bridge, folder);
    expect(before.links.length).toBeGreaterThanOrEqual(3);
    expect(before.cgroups.length).toBeGreaterThan(0);
    victim.kill("SIGKILL");
    await expect.poll(() => tracesOf(bridge, folder), { timeout: 150_000, interval: 250 }).toEqual(noTraces);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
