/** What is said of a check and of a clause: `explain` prints it, the pages below docs/generated/checks are made of it. */
import type { AnyCheck } from "../model/check.ts";
import type { AnyProbe } from "../model/probe.ts";
import { describeRightOn } from "../model/right-text.ts";
import type { Standard, Statement } from "../model/standard.ts";
import { probes } from "../probes/index.ts";

export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Why, what is looked at, with which rights, how to mend it, what is accepted to be wrong; empty sections are left out. */
export function checkSections(check: AnyCheck): readonly Section[] {
  const { all = [], oneOf = [], uses = [] } = check.needs;
  const needed = new Set<string>([...all, ...oneOf.flat(), ...uses]);
  const own: readonly Pick<AnyProbe, "tier" | "rights" | "view">[] = probes.filter((probe) => needed.has(probe.id));
  const rights = [...new Set(own.flatMap(({ view, rights }) => rights.map((right) => describeRightOn(view, right))))];
  const tiers = [...new Set(own.map((probe) => probe.tier))];
  const platforms = Object.entries(check.remediation.platforms ?? {});
  return [
    { title: "Why", lines: [check.why] },
    {
      title: `Looked at (${check.id})`,
      lines: [
        check.looksAt,
        ...(all.length > 0 ? [`needs ${all.join(", ")}`] : []),
        ...oneOf.map((group) => `needs one of ${group.join(", ")}`),
        ...(uses.length > 0 ? [`uses ${uses.join(", ")}`] : []),
      ],
    },
    { title: `Rights, tier ${tiers.join(" and ")}`, lines: rights },
    {
      title: "How to mend it",
      lines: [check.remediation.text, ...platforms.map(([name, text]) => `${name}: ${text}`)],
    },
    { title: "Accepted to be weak or wrong", lines: check.accepted ?? [] },
  ].filter(({ lines }) => lines.length > 0);
}

/** The sentence, where it stands, and of which day and digest it is. */
export function clauseLines(standard: Standard, statement: Statement): readonly string[] {
  return [
    `"${statement.text}"`,
    `${standard.url}#${statement.anchor}`,
    `text of ${statement.from}, ${standard.source.licence}, sha256 ${statement.sha256}`,
  ];
}
