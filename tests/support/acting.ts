/** An acting run on an open connection, with a ledger in a folder of the test's own. */
import { onTestFinished } from "vitest";
import { type Acting, startActing } from "../../src/kubernetes/acting/start.ts";
import type { Connection } from "../../src/kubernetes/connect.ts";
import { instantAt } from "../../src/model/instant.ts";
import { scratchFolder } from "./scratch.ts";

export interface ActingOver extends Acting {
  /** Where its ledger lies. */
  readonly folder: string;
}

/** Ends with the test at the latest. */
export function actingOver(
  connection: Connection,
  given: { readonly namespace?: string; readonly image?: string; readonly folder?: string } = {},
): ActingOver {
  const folder = given.folder ?? scratchFolder();
  const now = Date.now();
  const acting = startActing({
    connection,
    folder,
    namespace: given.namespace,
    image: given.image,
    now: instantAt(now),
    expires: instantAt(now + 600_000),
  });
  onTestFinished(async () => {
    await acting.end(1_000);
  });
  return { ...acting, folder };
}
