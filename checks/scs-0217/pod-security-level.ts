import { Type } from "@sinclair/typebox";
import { apiServersByWholeFlags, setting } from "../../src/model/api-server/api-server-flags.ts";
import { type Evaluations, evaluations, policyEngines } from "../../src/model/api-server/pod-security.ts";
import { podSecurityRemediation } from "../../src/model/api-server/pod-security-remediation.ts";
import { defineCheck } from "../../src/model/check.ts";
import type { LevelCounts } from "../../src/model/facts/pod-security-labels.ts";
import { type Finding, pass, undetermined } from "../../src/model/finding.ts";
import { counted, named } from "../../src/model/finding-lists.ts";

const configFlag = "admission-control-config-file";

export const podSecurityLevel = defineCheck({
  id: "scs-0217/pod-security-level",
  title: {
    pass: "Pods are held to baseline or restricted where a namespace says nothing itself",
    fail: "Pods are held to nothing where a namespace says nothing itself",
  },
  why: "A namespace that nobody labelled is the one in which a privileged pod takes over its node.",
  looksAt:
    "The level at which the only API server has held pods since it started (pod_security_evaluations_total, mode enforce), beside the labels on namespaces and whether any API server was given a default level (admission-control-config-file). At tier dry-run, what the only API server says to a privileged pod in a namespace without label.",
  needs: {
    oneOf: [["kube/api-server-metrics", "kube/pod-security-labels", "kube/control-plane-pods", "kube/node-args"]],
    uses: ["kube/custom-resources", "kube/api-server-instances", "kube/pod-security"],
  },
  parameters: Type.Object({}),
  remediation: podSecurityRemediation,
  accepted: [
    "The default level stands in a file on the hosts. Only where no namespace is labelled with a level and no pod was let through as privileged do the counts of the API server show it.",
    "Labels show the level of single namespaces, never of the next one; policies of Kyverno, Gatekeeper and ValidatingAdmissionPolicies may hold pods to a level and are not judged.",
    "The API server's own default is privileged; that alone is named and does not fail, for another engine may enforce.",
  ],
  evaluate({ facts }) {
    const view = apiServersByWholeFlags(facts);
    const held = evaluations(facts["kube/api-server-metrics"]);
    const labels = facts["kube/pod-security-labels"];
    const engines = policyEngines(facts["kube/custom-resources"]);
    const inventory = labels.status === "collected" ? labels.value : undefined;
    const bare = view.servers.filter((server) => setting(server, configFlag).state === "absent");
    const observed = {
      ...(inventory ? { namespaces: inventory.namespaces, enforced: { ...inventory.enforce } } : {}),
      ...(held ? { podsHeldOnOne: { ...held } } : {}),
      withoutDefaultLevel: bare.map(({ subject }) => subject.name),
      policyEngines: [...engines],
    };
    const said = facts["kube/pod-security"];
    const refusal = said.status === "collected" ? said.value.privilegedPod : undefined;
    if (view.live === 1 && refusal?.labelled === false && refusal.level !== undefined)
      return pass(
        `A privileged pod would be refused at ${refusal.level} in a namespace without label: it is the default of the only API server`,
        { ...observed, refusedAt: refusal.level },
      );
    // where the flags could not be read, a server without any default level may be among them
    const looked =
      facts["kube/control-plane-pods"].status === "collected" && facts["kube/node-args"].status === "collected";
    const alone = view.live === 1 && looked && bare.length === 0;
    const level = alone && inventory && held ? levelOf(held, inventory.enforce) : undefined;
    if (level !== undefined && held)
      return pass(
        `${counted(held[level], "pod")} held to ${level} and none let through as privileged, though no namespace is labelled so: it is the default`,
        observed,
      );
    const accepted: readonly Finding[] =
      refusal?.labelled === false && !refusal.refused
        ? [
            {
              code: "privileged-pod-accepted",
              subject: { kind: "Namespace", name: "default" },
              expected: "a privileged pod is refused where no label stands",
              actual: "it would be accepted",
              message:
                "A privileged pod would be accepted in the namespace default; it may be so for this user alone, whom a rule exempts",
            },
          ]
        : [];
    const notes = bare.map(
      ({ subject }): Finding => ({
        code: "no-default-level",
        subject,
        expected: `--${configFlag} with a default level of PodSecurity`,
        actual: "not set",
        message: `${subject.name} was given no default level of pod security: where no label stands, the plugin lets all through`,
      }),
    );
    const byOthers = engines.length > 0 ? ` (${named(engines)} may hold pods to one)` : "";
    const seen = inventory ? `; ${labelText(inventory.namespaces, inventory.enforce)}` : "";
    const missing = {
      fact: "kube/api-server-metrics",
      reason: "not-visible",
      resolve: 'tier "dry-run" or a declaration',
    } as const;
    const absent =
      labels.status === "unavailable"
        ? [{ fact: "kube/pod-security-labels", reason: labels.reason, resolve: labels.resolve }]
        : [];
    return undetermined(
      `Which level holds for a namespace without a label is not visible${byOthers}${seen}`,
      [...absent, missing],
      observed,
      [...accepted, ...notes],
    );
  },
});

/** The one level that can only be the default. Pods let through as privileged leave it open: exempt ones are not counted. */
function levelOf(held: Evaluations, labelled: LevelCounts): "baseline" | "restricted" | undefined {
  if (held.privileged > 0 || labelled.baseline + labelled.restricted + labelled.other > 0) return undefined;
  if (held.baseline > 0 && held.restricted > 0) return undefined;
  return held.baseline > 0 ? "baseline" : "restricted";
}

function labelText(namespaces: number, { baseline, restricted }: LevelCounts): string {
  return `${baseline + restricted} of ${counted(namespaces, "namespace")} enforce one by label`;
}
