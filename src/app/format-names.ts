/** Names of the report formats, without loading any of them. */
import type { Format } from "../../reporters/index.ts";

export type { Format };

export const formatNames = [
  "html",
  "in-toto",
  "in-toto-predicate",
  "json",
  "junit",
  "markdown",
  "openmetrics",
  "sarif",
  "scs-yaml",
  "scs-yaml-coming",
  "terminal",
  "testcases",
] as const satisfies readonly Format[];

// does not compile when a format is missing above
type Unnamed = Exclude<Format, (typeof formatNames)[number]>;
const complete: [Unnamed] extends [never] ? true : never = true;
void complete;
