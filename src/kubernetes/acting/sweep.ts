/** Unmakes what a dead run left. */
import type { Connection } from "../connect.ts";
import { cleanUp, type Remainder } from "./clean-up.ts";
import { deadlineOf } from "./deadline.ts";
import type { Leftover } from "./leftovers.ts";

/** Its ledger goes when nothing is left. */
export async function sweep(
  connection: Connection,
  leftover: Leftover,
  milliseconds: number,
  hurry: AbortSignal,
): Promise<readonly Remainder[]> {
  const made = leftover.open();
  const deadline = deadlineOf(milliseconds, hurry);
  const channel = connection.further(deadline.asking);
  try {
    const remains = await cleanUp({ channel, made, waiting: deadline.waiting });
    if (remains.length === 0) made.forget?.();
    return remains;
  } finally {
    deadline.end();
    channel.close();
    made.close?.();
  }
}
