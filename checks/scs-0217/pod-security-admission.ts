import { Type } from "@sinclair/typebox";
import { pluginByMetrics } from "../../src/model/api-server/admission-plugins.ts";
import { apiServersByWholeFlags, setting, settingText } from "../../src/model/api-server/api-server-flags.ts";
import { apiServerFlags } from "../../src/model/api-server/api-server-remediation.ts";
import { onEveryApiServer, toldState, worst } from "../../src/model/api-server/feature-state.ts";
import { podSecurityByFlags, podSecurityPlugin, policyEngines } from "../../src/model/api-server/pod-security.ts";
import { defineCheck } from "../../src/model/check.ts";

export const podSecurityAdmission = defineCheck({
  id: "scs-0217/pod-security-admission",
  title: {
    pass: "The admission plugin PodSecurity is active on every API server",
    fail: "The admission plugin PodSecurity is switched off on an API server",
  },
  why: "It is what holds pods to the level of their namespace; without it the labels on namespaces mean nothing.",
  looksAt:
    "disable-admission-plugins of every API server, for the plugin runs by default since 1.23: that nobody enabled it proves nothing. On the one that answered also its flags in force, the admission metric and, at tier dry-run, what it says to a namespace with a level that does not exist.",
  needs: {
    oneOf: [
      ["kube/control-plane-pods", "kube/node-args", "kube/flagz", "kube/api-server-metrics", "kube/pod-security"],
    ],
    uses: ["kube/version", "kube/custom-resources", "kube/api-server-instances"],
  },
  parameters: Type.Object({}),
  remediation: apiServerFlags(
    "Take PodSecurity out of disable-admission-plugins; it runs by default.",
    { "disable-admission-plugins": "" },
    {
      gardener:
        "Take PodSecurity with `disabled: true` out of `spec.kubernetes.kubeAPIServer.admissionPlugins` of the Shoot.",
    },
  ),
  accepted: [
    "Another policy engine in its place is named; the text asks for this plugin, so its absence stays a failure.",
  ],
  evaluate({ facts }) {
    const view = apiServersByWholeFlags(facts);
    const version = facts["kube/version"];
    const flagz = facts["kube/flagz"];
    const byMetric = pluginByMetrics(facts["kube/api-server-metrics"], podSecurityPlugin);
    const byFlagz =
      flagz.status === "collected"
        ? podSecurityByFlags({ flags: flagz.value.flags, hidesFlags: false }, version)
        : "unknown";
    const byDryRun = toldState(facts["kube/pod-security"], ({ admission }) => admission);
    return onEveryApiServer(
      view,
      {
        name: `The admission plugin ${podSecurityPlugin.name}`,
        code: "plugin-not-enabled",
        expected: `${podSecurityPlugin.name} active, as by default since 1.23`,
      },
      {
        byFlags: (server) => podSecurityByFlags(server, version),
        actual: (server) => `disable-admission-plugins ${settingText(setting(server, "disable-admission-plugins"))}`,
        byAnswer: worst(byMetric, byFlagz, byDryRun),
        observed: { byMetric, byFlagz, byDryRun, policyEngines: [...policyEngines(facts["kube/custom-resources"])] },
      },
    );
  },
});
