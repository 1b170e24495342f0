import { read } from "../model/fact.ts";
import type { LevelCounts } from "../model/facts/pod-security-labels.ts";
import { defineProbe } from "../model/probe.ts";
import { reduceList } from "./reading.ts";
import { textAt } from "./untrusted.ts";

const modes = ["enforce", "audit", "warn"] as const;
type Labels = { readonly [Mode in (typeof modes)[number]]: string | undefined };

export const podSecurityLabelsProbe = defineProbe({
  id: "kube/pod-security-labels",
  title: "levels of pod security on namespaces (counts only)",
  tier: "observe",
  rights: [{ kind: "resource", verb: "list", group: "", resource: "namespaces" }],
  requests: 1,
  async collect({ cluster }) {
    const reading = await reduceList(cluster, "/api/v1/namespaces", { limit: 500, metadataOnly: true }, labelsOf);
    if (!reading.ok) return reading;
    const { items } = reading.value;
    const counted = (mode: keyof Labels) => levels(items.map((labels) => labels[mode]));
    const [enforce, audit, warn] = [counted("enforce"), counted("audit"), counted("warn")];
    return read({ namespaces: items.length, enforce, audit, warn });
  },
});

function labelsOf(namespace: unknown): Labels | undefined {
  if (textAt(namespace, "metadata", "name") === undefined) return undefined;
  const label = (mode: string) => textAt(namespace, "metadata", "labels", `pod-security.kubernetes.io/${mode}`);
  return { enforce: label("enforce"), audit: label("audit"), warn: label("warn") };
}

function levels(found: readonly (string | undefined)[]): LevelCounts {
  const of = (level: string) => found.filter((one) => one === level).length;
  const known = { privileged: of("privileged"), baseline: of("baseline"), restricted: of("restricted") };
  const other = found.filter((one) => one !== undefined && !Object.hasOwn(known, one)).length;
  return { ...known, other };
}
