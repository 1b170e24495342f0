import { Type } from "@sinclair/typebox";
import { apiServersByFlags, flagTable, setting } from "../../src/model/api-server/api-server-flags.ts";
import { apiServerFlags } from "../../src/model/api-server/api-server-remediation.ts";
import { concurrencyLimit, limitText } from "../../src/model/api-server/concurrency-limit.ts";
import { defineCheck } from "../../src/model/check.ts";
import { type Finding, fail, pass, undetermined } from "../../src/model/finding.ts";
import { named, nonEmpty } from "../../src/model/finding-lists.ts";

const parameters = ["max-requests-inflight", "max-mutating-requests-inflight", "min-request-timeout"] as const;

export const inflightParameters = defineCheck({
  id: "scs-0215/inflight-parameters",
  title: {
    pass: "The in-flight limits and the minimum request timeout are set on every API server",
    fail: "In-flight limits or the minimum request timeout are not set on an API server",
  },
  why: "The draft wants somebody to have chosen these numbers for the cluster's load, not to run on defaults.",
  looksAt: `The letter: the flags ${parameters.join(", ")} in the static pods of every API server, or in the arguments of k3s and RKE2 servers; where none of these is visible, what the management cluster has written and rolled out. Effective values cannot show whether anyone set them.`,
  needs: {
    oneOf: [
      [
        "kube/control-plane-pods",
        "kube/node-args",
        "kube/flagz",
        "kube/kubeadm-config",
        "kube/api-server-metrics",
        "management/control-plane",
      ],
    ],
    uses: ["kube/api-server-instances", "kube/priority-levels"],
  },
  parameters: Type.Object({}),
  remediation: apiServerFlags(
    "Write the three flags on every API server; the defaults 400, 200 and 1800 are a sane start.",
    { "max-requests-inflight": "400", "max-mutating-requests-inflight": "200", "min-request-timeout": "1800" },
    {
      gardener:
        "Set `spec.kubernetes.kubeAPIServer.requests.maxNonMutatingInflight` and `.maxMutatingInflight` in the Shoot; Gardener always writes both. min-request-timeout has no field.",
    },
  ),
  accepted: [
    "Any value counts, the text leaves it free.",
    "ConfigMap kubeadm-config is what was asked for once; it is shown as a claim and decides nothing.",
  ],
  evaluate({ facts }) {
    const view = apiServersByFlags(facts);
    const flagz = facts["kube/flagz"];
    const config = facts["kube/kubeadm-config"];
    const limit = concurrencyLimit(facts["kube/api-server-metrics"], facts["kube/priority-levels"]);
    const observed = {
      apiServersAlive: view.live ?? "not known",
      set: flagTable(view.servers, parameters),
      ...(flagz.status === "collected" ? { effectiveOnOne: kept(flagz.value.flags.values) } : {}),
      ...(limit ? { effectiveLimitOnOne: limitText(limit) } : {}),
      ...(config.status === "collected" ? { claimedByKubeadmConfig: kept(config.value.apiServer.values) } : {}),
    };
    const states = view.servers.flatMap((server) =>
      parameters.map((flag) => ({ server, flag, found: setting(server, flag) })),
    );
    const absent = states.filter(({ found }) => found.state === "absent");
    const findings = absent.map(
      ({ server, flag }): Finding => ({
        code: "flag-not-set",
        subject: server.subject,
        expected: `--${flag}`,
        actual: "not set",
        message: `--${flag} is not set on ${server.subject.name}`,
      }),
    );
    const violations = nonEmpty(findings);
    if (violations) {
      const lacking = [...new Set(absent.map(({ server }) => server.subject.name))];
      return fail(`Not all three parameters are set on ${named(lacking)}`, observed, violations);
    }
    const open = states.some(({ found }) => found.state === "unknown");
    if (view.complete && !open) return pass(`All three parameters are set on ${view.whole}`, observed);
    const hidden = { fact: "kube/control-plane-pods", reason: "not-visible", resolve: "a declaration" } as const;
    const inForce = limit ? ` (the sum in force is ${limitText(limit)})` : "";
    const effective = view.servers.length === 0 ? `; values in effect${inForce} do not show whether they were set` : "";
    return undetermined(`${view.text}${effective}`, view.complete ? [hidden] : view.missing, observed);
  },
});

function kept(values: { readonly [flag: string]: string }): { readonly [flag: string]: string } {
  return Object.fromEntries(parameters.flatMap((flag) => (values[flag] === undefined ? [] : [[flag, values[flag]]])));
}
