/** plan: what a run would look at, in words, and the exact RBAC for it. */
import { stringify } from "yaml";
import type { Plan, PlannedProbe } from "../engine/plan.ts";
import { rolesFor } from "../engine/role.ts";
import { instantAt } from "../model/instant.ts";
import type { Right } from "../model/probe.ts";
import { describeRight, describeRightOn } from "../model/right-text.ts";
import { viewOptions } from "../model/views.ts";
import type { ClusterOptions, ManagementOptions, SelectionOptions } from "./options.ts";
import { asksLines } from "./plan-asks.ts";
import { makesLines } from "./plan-makes.ts";
import { loadScope } from "./scope.ts";
import { planFor, viewsGiven } from "./selected.ts";
import { allowSuites, type SuiteOptions } from "./suite-options.ts";
import { suiteLines, withSuites } from "./suite-plan.ts";
import { timeLimitOf, tooShort } from "./time-limit.ts";

/** What widens a plan beside its selection. */
export interface Views extends Pick<ClusterOptions, "management" | "openstackCloud" | "acting" | "timeout"> {
  readonly suites?: SuiteOptions | undefined;
}

/** The plan of a run with these options. */
export async function plan(selection: SelectionOptions, now: () => Date, views: Views): Promise<Plan> {
  const { scope } = await loadScope(selection.scope, selection.scopeVersion);
  const asOf = selection.asOf ?? instantAt(now().getTime());
  const { acting, suites } = views;
  allowSuites(suites, selection.tier, acting?.namespace);
  return withSuites(planFor(scope, selection, asOf, viewsGiven(views), acting), suites);
}

/** The plan as a person reads it. */
export async function planText(selection: SelectionOptions, now: () => Date, views: Views = {}): Promise<string> {
  const planned = await plan(selection, now, views);
  const { tier, probes, requests, rights, furtherRights, questions } = planned;
  const makes = makesLines(planned, views.acting);
  const width = Math.max(...probes.map((probe) => probe.title.length));
  const lines = probes.map((probe) => line(probe, width));
  const management = inNamespace(furtherRights.management ?? [], views.management);
  return [
    `Tier ${tier}: ${probes.length} probes, about ${requests} requests on a small cluster (lists come in pages of 500).`,
    ...(makes.length > 0 ? makes : views.suites === undefined ? [createsNothing] : []),
    ...asksLines(planned, views.suites),
    ...timeLines(planned, views.timeout),
    ...suiteLines(views.suites),
    "",
    ...lines,
    "",
    `Rights: ${rights.length + management.length} (print them as RBAC with --role).`,
    ...rights.map((right) => `  ${describeRight(right)}`),
    ...management.map((right) => `  ${describeRightOn("management", right)}`),
    ...(views.openstackCloud === undefined ? [] : ["", cloudNote]),
    ...(questions.length > 0
      ? [
          "",
          `No kubeconfig can show these, a person declares them: ${questions.length}`,
          ...questions.map((id) => `  ${id}`),
        ]
      : []),
  ].join("\n");
}

/** Removing has a time of its own, and so has upstream's suite. */
function timeLines(planned: Plan, given: number | undefined): readonly string[] {
  const short = tooShort(planned, given);
  const limit = `Ends looking after ${timeLimitOf(planned, given) / 1000} s at the latest (--timeout).`;
  return short === undefined ? [limit] : [limit, short];
}

const createsNothing = "Creates 0 objects, needs 0 images, changes nothing, reads no Secret.";

/** ClusterRole and Roles as YAML documents, ready for kubectl; those of the management cluster are named as such. */
export async function roleText(selection: SelectionOptions, now: () => Date, views: Views = {}): Promise<string> {
  const { rights, furtherRights } = await plan(selection, now, views);
  const management = inNamespace(furtherRights.management ?? [], views.management);
  const further = rolesFor(management, "scs-conformance-management");
  return [
    `${binding}${rolesFor(rights)
      .map((role) => stringify(role))
      .join("---\n")}`,
    ...(further.length === 0 ? [] : [`${managementNote}${further.map((role) => stringify(role)).join("---\n")}`]),
  ].join("---\n");
}

/** Whose cluster is named is looked for in its namespace alone. */
export function inNamespace(rights: readonly Right[], management: ManagementOptions | undefined): readonly Right[] {
  const namespace = management?.cluster?.namespace;
  if (namespace === undefined) return rights;
  return rights.map((right) => (right.kind === "resource" ? { ...right, namespace } : right));
}

/** Whom to bind is the reader's to say; a ClusterRoleBinding for the Roles as well would grant more than is needed. */
const binding = [
  "# Exactly what the run needs. Bind it to whoever looks, here the ServiceAccount NAME in NAMESPACE:",
  "#   kubectl create clusterrolebinding scs-conformance --clusterrole scs-conformance --serviceaccount NAMESPACE:NAME",
  "# and each Role in its own namespace:",
  "#   kubectl create rolebinding scs-conformance -n ROLE-NAMESPACE --role scs-conformance --serviceaccount NAMESPACE:NAME",
  "",
].join("\n");

const managementNote = [
  "# These belong on ANOTHER cluster: the management cluster (--management-kubeconfig). Bind them there likewise.",
  "",
].join("\n");

const cloudNote =
  "On the cloud: the role `reader` in the project of the cluster's servers (an application credential will do), GET requests and one POST for a token.";

function line(probe: PlannedProbe, width: number): string {
  const asked = probe.requests === 1 ? "1 request " : `${probe.requests} requests`;
  return `  ${probe.title.padEnd(width)}  ${asked}  ${use(probe)}`;
}

function use({ view, given, allowed, tier, requirements }: PlannedProbe): string {
  if (!allowed) return `not at this tier (${tier})`;
  if (view !== "cluster" && !given) return `not looked at without ${viewOptions[view]}`;
  if (requirements.length > 0) return `for ${requirements.join(", ")}`;
  return view === "cluster" ? "names the cluster" : "finds the cluster there";
}
