/** Takes away what a run of the e2e suite left when it was ended in the middle: namespaces that bear its UUID, no others. */
import { setTimeout as pause } from "node:timers/promises";
import type { Cleanup } from "../model/evidence.ts";
import type { Inventory } from "../suite/inventory.ts";
import { openConnection } from "./connection.ts";
import type { ClusterOptions } from "./options.ts";
import { remainderOf } from "./remainders.ts";

const patience = 120_000;
const between = 2_000;

/** The run's pod must be gone by now. `remains`: what is still there, or cannot be looked for. */
export async function removeSuiteNamespaces(
  cluster: ClusterOptions,
  suiteRun: string,
): Promise<NonNullable<Cleanup["remains"]>> {
  const [{ namespacesOfSuite }, { deleteObject }] = await Promise.all([
    import("../suite/leftovers.ts"),
    import("../kubernetes/acting/objects.ts"),
  ]);
  // whatever ended the run: this has a time of its own
  const connection = await openConnection({ ...cluster, timeout: 2 * patience }, new AbortController().signal);
  try {
    const asked = new Set<string>();
    for (const end = performance.now() + patience; ; await pause(between)) {
      const found = await namespacesOfSuite(connection.reader, suiteRun);
      if (!found.ok) return [remainderOf({ path: `/api/v1/namespaces/e2e-run=${suiteRun}`, because: found.message })];
      if (found.value.length === 0) return [];
      for (const { name, uid } of found.value.filter((namespace) => !asked.has(namespace.uid))) {
        const sent = await deleteObject(connection.channel, `/api/v1/namespaces/${name}`, { uid, foreground: false });
        if (sent.ok || sent.status === 404 || sent.status === 409) asked.add(uid);
      }
      if (performance.now() > end) {
        const because = "the suite's own namespace was not gone in time";
        return found.value.map(({ name }) => remainderOf({ path: `/api/v1/namespaces/${name}`, because }));
      }
    }
  } finally {
    connection.close();
  }
}

/** What came to the cluster outside namespaces while the run went on, and is still there. Nothing proves whose it is. */
export async function newcomersSince(
  cluster: ClusterOptions,
  before: Inventory,
  run: string,
): Promise<readonly string[]> {
  const { newcomers, takeInventory } = await import("../suite/inventory.ts");
  const connection = await openConnection({ ...cluster, timeout: patience }, new AbortController().signal);
  try {
    return newcomers(before, await takeInventory(connection.reader), run);
  } finally {
    connection.close();
  }
}
