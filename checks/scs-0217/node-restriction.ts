import { Type } from "@sinclair/typebox";
import {
  type AdmissionPlugin,
  pluginByFlags,
  pluginByFlagz,
  pluginByMetrics,
} from "../../src/model/api-server/admission-plugins.ts";
import { apiServersByWholeFlags, setting, settingText } from "../../src/model/api-server/api-server-flags.ts";
import { apiServerFlags } from "../../src/model/api-server/api-server-remediation.ts";
import { onEveryApiServer, toldState, worst } from "../../src/model/api-server/feature-state.ts";
import { defineCheck } from "../../src/model/check.ts";

const plugin: AdmissionPlugin = { name: "NodeRestriction", byDefault: false, phase: "admit" };

export const nodeRestriction = defineCheck({
  id: "scs-0217/node-restriction",
  title: {
    pass: "The admission plugin NodeRestriction is active on every API server",
    fail: "The admission plugin NodeRestriction is not active on an API server",
  },
  why: "Without it a kubelet may change the pods and labels of other nodes, and draw workloads to itself.",
  looksAt:
    "enable-admission-plugins and disable-admission-plugins of every API server; on the one that answered also its flags in force, the admission metric and, at tier dry-run, what it says to a node that would change another one.",
  needs: {
    oneOf: [
      ["kube/control-plane-pods", "kube/node-args", "kube/flagz", "kube/api-server-metrics", "kube/node-restriction"],
    ],
    uses: ["kube/api-server-instances"],
  },
  parameters: Type.Object({}),
  remediation: apiServerFlags(
    "Enable the plugin beside the others.",
    { "enable-admission-plugins": plugin.name },
    {
      gardener: "Gardener always enables it: ask the operator for a declaration.",
      hosted: "Kamaji: add NodeRestriction to `spec.kubernetes.admissionControllers` of the TenantControlPlane.",
    },
  ),
  accepted: ["k3s enables the plugin itself: where it is not handed on by an argument it is taken for not visible."],
  evaluate({ facts }) {
    const view = apiServersByWholeFlags(facts);
    const byMetric = pluginByMetrics(facts["kube/api-server-metrics"], plugin);
    const byFlagz = pluginByFlagz(facts["kube/flagz"], plugin);
    const byDryRun = toldState(facts["kube/node-restriction"], ({ refused }) => refused);
    return onEveryApiServer(
      view,
      {
        name: `The admission plugin ${plugin.name}`,
        code: "plugin-not-enabled",
        expected: `enable-admission-plugins with ${plugin.name}`,
      },
      {
        byFlags: (server) => {
          const state = pluginByFlags(server, plugin);
          const disabled = setting(server, "disable-admission-plugins").state === "set";
          return state === "off" && server.handedOn && !disabled ? "unknown" : state;
        },
        actual: (server) => `enable-admission-plugins ${settingText(setting(server, "enable-admission-plugins"))}`,
        byAnswer: worst(byMetric, byFlagz, byDryRun),
        observed: { byMetric, byFlagz, byDryRun },
      },
    );
  },
});
