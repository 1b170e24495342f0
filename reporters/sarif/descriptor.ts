/** A requirement as a rule of SARIF (reportingDescriptor, section 3.49): its clause, and how to mend what it finds. */
import type { Result } from "../../src/model/report.ts";
import { markdownLink, markdownProse, markdownText } from "../text/markdown.ts";
import { capitalised, ended } from "../words.ts";
import { levelOf } from "./level.ts";
import { message } from "./message.ts";

export function descriptor(result: Result) {
  const { clause, remediation, requirement, standard } = result;
  const remedy = remediation === undefined ? [] : [`How to mend it (${remediation.platform}): ${remediation.text}`];
  const mending =
    remediation === undefined
      ? []
      : [`**How to mend it** (${markdownText(remediation.platform)}): ${markdownProse(remediation.text)}`];
  const source = `${standard}, text of ${clause.revision}`;
  return {
    id: requirement,
    shortDescription: message(ended(capitalised(result.title))),
    fullDescription: message(clause.text),
    ...(/^https:\/\/[A-Za-z0-9._~:/?#=&%-]+$/.test(clause.url) ? { helpUri: clause.url } : {}),
    help: {
      ...message([`${clause.text} (${source})`, ...remedy].join("\n\n")),
      markdown: [`> ${markdownText(clause.text)}`, markdownLink(source, clause.url), ...mending].join("\n\n"),
    },
    defaultConfiguration: { level: levelOf(result) },
    properties: {
      tags: ["scs", standard, result.level, result.bindingKind ?? "advisory"],
      status: result.status,
      outcome: result.outcome,
    },
  };
}
