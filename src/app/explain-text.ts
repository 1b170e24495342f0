/** What is said of a check and of a clause: `explain` prints it, the pages below docs/generated/checks are made of it. */
import { rightsOf } from "../model/acting-rights.ts";
import type { AnyCheck } from "../model/check.ts";
import type { AnyProbe } from "../model/probe.ts";
import { describeRightOn } from "../model/right-text.ts";
import type { Standard, Statement } from "../model/standard.ts";
import { type PlatformName, platforms as platformNames } from "../model/vocabulary.ts";
import { probes } from "../probes/index.ts";

/** What a reader calls the platforms; every product with a control plane that its nodes do not run is `hosted`. */
const platformTitles: { readonly [P in PlatformName]: string } = {
  kubeadm: "kubeadm",
  "cluster-api": "Cluster API",
  kind: "kind",
  rke2: "RKE2",
  k3s: "k3s",
  talos: "Talos",
  gardener: "Gardener",
  hosted: "Hosted control plane (Kamaji, HyperShift, k0smotron)",
  managed: "Managed offer",
  unknown: "Others",
};

export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Why, what is looked at, with which rights, how to mend it, what is accepted to be wrong; empty sections are left out. */
export function checkSections(check: AnyCheck): readonly Section[] {
  const { all = [], oneOf = [], uses = [] } = check.needs;
  const needed = new Set<string>([...all, ...oneOf.flat(), ...uses]);
  const own: readonly Pick<AnyProbe, "tier" | "rights" | "view" | "makes">[] = probes.filter((probe) =>
    needed.has(probe.id),
  );
  const rights = [
    ...new Set(own.flatMap((probe) => rightsOf(probe).map((right) => describeRightOn(probe.view, right)))),
  ];
  const tiers = [...new Set(own.map((probe) => probe.tier))];
  const remedies = check.remediation.platforms ?? {};
  const platforms = platformNames.flatMap((name) => {
    const text = remedies[name];
    return text === undefined ? [] : [[name, text] as const];
  });
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
      lines: [check.remediation.text, ...platforms.map(([name, text]) => `${platformTitles[name]}: ${text}`)],
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
