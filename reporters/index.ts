/** Every report format by its name. */
import { json } from "./json.ts";
import type { Reporter } from "./reporter.ts";
import { testcases } from "./testcases.ts";

export const reporters = { json, testcases } as const satisfies { readonly [format: string]: Reporter };

export type Format = keyof typeof reporters;

export type { Reporter, ReporterContext } from "./reporter.ts";
