import { Type } from "@sinclair/typebox";
import { apiServerFlags } from "../../src/model/api-server/api-server-remediation.ts";
import { defineCheck } from "../../src/model/check.ts";
import { fail, pass, theCluster, undetermined } from "../../src/model/finding.ts";

export const eventRateLimitValues = defineCheck({
  id: "scs-0215/event-rate-limit-values",
  title: {
    pass: "The limits of EventRateLimit are those that the text recommends, or finer ones",
    fail: "The limits of EventRateLimit are neither those that the text recommends nor finer ones",
  },
  why: "A limit that is far from the recommended one either does not protect etcd or drops Events that operators need.",
  looksAt:
    "The limits that the management cluster has written for the admission plugin: one of type Server with the numbers of the text, or limits per namespace, user or source.",
  needs: { all: ["management/control-plane"] },
  parameters: Type.Object({
    qps: Type.Number({ default: 5000, description: "queries per second of the limit of type Server" }),
    burst: Type.Number({ default: 20000, description: "burst of the limit of type Server" }),
  }),
  remediation: apiServerFlags(
    "Write the recommended limit into the configuration of EventRateLimit: type Server, qps 5000, burst 20000.",
    { "admission-control-config-file": "/etc/kubernetes/admission.yaml" },
    {
      gardener:
        "Shoot: `spec.kubernetes.kubeAPIServer.admissionPlugins: [{name: EventRateLimit, config: {apiVersion: eventratelimit.admission.k8s.io/v1alpha1, kind: Configuration, limits: [{type: Server, qps: 5000, burst: 20000}]}}]`.",
      hosted:
        "Kamaji: the ConfigMap with the AdmissionConfiguration that `spec.controlPlane.deployment` of the TenantControlPlane mounts.",
    },
  ),
  accepted: ["Any limit per namespace, user or source counts as finer, whatever its numbers."],
  evaluate({ facts, parameters: { qps, burst } }) {
    const { eventLimits, rolledOut, kind } = facts["management/control-plane"];
    const observed = { kind, rolledOut, limits: eventLimits ?? "none that is written there" };
    const missing = { fact: "management/control-plane", reason: "not-visible", resolve: "a declaration" } as const;
    if (eventLimits === undefined || eventLimits.length === 0)
      return undetermined(
        `The ${kind} writes no limits for EventRateLimit in a place that is looked at`,
        [missing],
        observed,
      );
    if (!rolledOut) {
      const resolve = "a control plane on which all that is written is rolled out";
      return undetermined(
        "The limits are written, but not in effect on every replica",
        [{ ...missing, resolve }],
        observed,
      );
    }
    if (eventLimits.some(({ type }) => type !== "Server"))
      return pass("Limits finer than one for the whole server are written", observed);
    const [limit] = eventLimits;
    if (limit?.qps === qps && limit.burst === burst && eventLimits.length === 1)
      return pass(`The limit is qps ${qps} and burst ${burst}, as recommended`, observed);
    const actual = `qps ${limit?.qps ?? "not set"}, burst ${limit?.burst ?? "not set"}`;
    const message = `The limit for the whole server is ${actual}`;
    return fail(message, observed, [
      { code: "other-event-limits", subject: theCluster, expected: `qps ${qps}, burst ${burst}`, actual, message },
    ]);
  },
});
