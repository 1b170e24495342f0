/** Every report format by its name. */
import { html } from "./html.ts";
import { inToto, inTotoPredicate } from "./in-toto.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { openmetrics } from "./openmetrics.ts";
import type { Reporter } from "./reporter.ts";
import { sarif } from "./sarif.ts";
import { scsYaml } from "./scs-yaml.ts";
import { scsYamlComing } from "./scs-yaml-coming.ts";
import { terminal } from "./terminal.ts";
import { testcases } from "./testcases.ts";

export const reporters = {
  json,
  terminal,
  junit,
  markdown,
  html,
  testcases,
  "scs-yaml": scsYaml,
  "scs-yaml-coming": scsYamlComing,
  sarif,
  openmetrics,
  "in-toto": inToto,
  "in-toto-predicate": inTotoPredicate,
} as const satisfies { readonly [format: string]: Reporter };

export type Format = keyof typeof reporters;

export type { Reporter, ReporterContext } from "./reporter.ts";
