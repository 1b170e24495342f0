/** What the exit code can look at, without loading what judges. */
import type { Gate } from "../engine/exit-code.ts";

export const gates = ["binding", "testcases", "new", "waived"] as const satisfies readonly Gate[];
