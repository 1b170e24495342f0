/** plan: what a run would look at, in words, and the exact RBAC for it. */
import { stringify } from "yaml";
import type { Plan, PlannedProbe } from "../engine/plan.ts";
import { rolesFor } from "../engine/role.ts";
import { instantAt } from "../model/instant.ts";
import { describeRight } from "../model/right-text.ts";
import type { SelectionOptions } from "./options.ts";
import { loadScope } from "./scope.ts";
import { planFor } from "./selected.ts";

async function plan(selection: SelectionOptions, now: () => Date): Promise<Plan> {
  const { scope } = await loadScope(selection.scope, selection.scopeVersion);
  return planFor(scope, selection, selection.asOf ?? instantAt(now().getTime()));
}

/** The plan as a person reads it. */
export async function planText(selection: SelectionOptions, now: () => Date): Promise<string> {
  const { tier, probes, requests, rights, questions } = await plan(selection, now);
  const width = Math.max(...probes.map((probe) => probe.title.length));
  const lines = probes.map((probe) => line(probe, width));
  return [
    `Tier ${tier}: ${probes.length} probes, about ${requests} requests on a small cluster (lists come in pages of 500).`,
    "Creates 0 objects, needs 0 images, changes nothing, reads no Secret.",
    "",
    ...lines,
    "",
    `Rights: ${rights.length} (print them as RBAC with --role).`,
    ...rights.map((right) => `  ${describeRight(right)}`),
    ...(questions.length > 0
      ? [
          "",
          `No kubeconfig can show these, a person declares them: ${questions.length}`,
          ...questions.map((id) => `  ${id}`),
        ]
      : []),
  ].join("\n");
}

/** ClusterRole and Roles as YAML documents, ready for kubectl. */
export async function roleText(selection: SelectionOptions, now: () => Date): Promise<string> {
  const { rights } = await plan(selection, now);
  const roles = rolesFor(rights).map((role) => stringify(role));
  return `${binding}${roles.join("---\n")}`;
}

/** Whom to bind is the reader's to say; a ClusterRoleBinding for the Roles as well would grant more than is needed. */
const binding = [
  "# Exactly what the run needs. Bind it to whoever looks, here the ServiceAccount NAME in NAMESPACE:",
  "#   kubectl create clusterrolebinding scs-conformance --clusterrole scs-conformance --serviceaccount NAMESPACE:NAME",
  "# and each Role in its own namespace:",
  "#   kubectl create rolebinding scs-conformance -n ROLE-NAMESPACE --role scs-conformance --serviceaccount NAMESPACE:NAME",
  "",
].join("\n");

function line(probe: PlannedProbe, width: number): string {
  const use = probe.requirements.length === 0 ? "names the cluster" : `for ${probe.requirements.join(", ")}`;
  const asked = probe.requests === 1 ? "1 request " : `${probe.requests} requests`;
  return `  ${probe.title.padEnd(width)}  ${asked}  ${probe.allowed ? use : `not at this tier (${probe.tier})`}`;
}
