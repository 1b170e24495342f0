/** Nothing of a cluster of real nodes outlives the process that started it, however that one ends. */
import { expect, test } from "vitest";
import { noTraces, tracesOf } from "../support/node-traces.ts";
import { withVictim } from "../support/victim.ts";

const victimSource = `
  import { realNodes } from "../../testbed/real-nodes/real-nodes.ts";
  const cluster = await realNodes({ workers: 1, storage: "none" });
  console.log(JSON.stringify({ bridge: cluster.plan.bridge.name, folder: cluster.folder }));
  setInterval(() => {}, 1_000_000);
`;

test("kill -9 of the starter leaves no process, mount, link, cgroup or file", async () => {
  await withVictim(victimSource, async ({ said, kill }) => {
    const { bridge, folder } = said as { readonly bridge: string; readonly folder: string };
    const before = tracesOf(bridge, folder);
    expect(before.links.length).toBeGreaterThanOrEqual(3);
    expect(before.cgroups.length).toBeGreaterThan(0);
    kill();
    await expect.poll(() => tracesOf(bridge, folder), { timeout: 150_000, interval: 250 }).toEqual(noTraces);
  });
});
