import { Type } from "@sinclair/typebox";
import { pluginByFlagz, pluginByMetrics } from "../../src/model/api-server/admission-plugins.ts";
import { type ApiServer, apiServersByFlags, setting } from "../../src/model/api-server/api-server-flags.ts";
import { apiServerFlags } from "../../src/model/api-server/api-server-remediation.ts";
import { configFlag, eventRateLimitPlugin, rateLimitByFlags } from "../../src/model/api-server/event-rate-limit.ts";
import { answering } from "../../src/model/api-server/request-limiter.ts";
import { defineCheck } from "../../src/model/check.ts";
import { type Finding, fail, pass, type Subject, undetermined } from "../../src/model/finding.ts";
import { nonEmpty } from "../../src/model/finding-lists.ts";

const plugin = eventRateLimitPlugin.name;

export const eventRateLimit = defineCheck({
  id: "scs-0215/event-rate-limit",
  title: {
    pass: "The admission plugin EventRateLimit is enabled and configured on every API server",
    fail: "The admission plugin EventRateLimit is not enabled, or not configured, on an API server",
  },
  why: "A component that floods the API with Events fills etcd and slows everything else.",
  looksAt: `enable-admission-plugins and ${configFlag} of every API server; on the one that answered also the admission metric. Where no API server shows its flags, what the management cluster has written and rolled out. Enabled alone is not configured: the limits stand in a file.`,
  needs: {
    oneOf: [
      [
        "kube/control-plane-pods",
        "kube/node-args",
        "kube/flagz",
        "kube/api-server-metrics",
        "management/control-plane",
      ],
    ],
    uses: ["kube/api-server-instances"],
  },
  parameters: Type.Object({}),
  remediation: apiServerFlags(
    "Write an AdmissionConfiguration with the plugin's limits (the draft recommends one of type Server, qps 5000, burst 20000), mount it into the API server, name it and enable the plugin.",
    { "enable-admission-plugins": "NodeRestriction,EventRateLimit", [configFlag]: "/etc/kubernetes/admission.yaml" },
    {
      "cluster-api":
        "KubeadmControlPlane: put the file into `spec.kubeadmConfigSpec.files[]`, mount it by `clusterConfiguration.apiServer.extraVolumes`, and set `clusterConfiguration.apiServer.extraArgs` `enable-admission-plugins: NodeRestriction,EventRateLimit` and `admission-control-config-file`.",
      talos:
        "Machine config: `cluster.apiServer.admissionControl: [{name: EventRateLimit, configuration: {apiVersion: eventratelimit.admission.k8s.io/v1alpha1, kind: Configuration, limits: [{type: Server, qps: 5000, burst: 20000}]}}]` and `cluster.apiServer.extraArgs.enable-admission-plugins: NodeRestriction,EventRateLimit`.",
      rke2: 'On every server write the plugin\'s limits into a copy of /etc/rancher/rke2/rke2-pss.yaml, which RKE2 names as the configuration of PodSecurity; in /etc/rancher/rke2/config.yaml: `kube-apiserver-arg: ["enable-admission-plugins=NodeRestriction,EventRateLimit", "admission-control-config-file=FILE"]`, then restart rke2-server, one after the other.',
      gardener: "Shoot: `spec.kubernetes.kubeAPIServer.admissionPlugins: [{name: EventRateLimit, config: {...}}]`.",
      hosted:
        "Kamaji: add EventRateLimit to `spec.kubernetes.admissionControllers` of the TenantControlPlane and mount its configuration by `spec.controlPlane.deployment`.",
    },
  ),
  accepted: [
    "The configuration file is not visible: that it is named counts as configured, its limits are not judged.",
  ],
  evaluate({ facts }) {
    const view = apiServersByFlags(facts);
    const byMetric = pluginByMetrics(facts["kube/api-server-metrics"], eventRateLimitPlugin);
    const byFlagz = pluginByFlagz(facts["kube/flagz"], eventRateLimitPlugin);
    const byFlags = view.servers.map((server) => ({ server, state: rateLimitByFlags(server) }));
    const written = facts["management/control-plane"];
    const limits = written.status === "collected" ? written.value.eventLimits : undefined;
    const observed = {
      apiServersAlive: view.live ?? "not known",
      ...(limits === undefined ? {} : { limitsWritten: limits }),
      byFlags: byFlags.map(({ server, state }) => ({ apiServer: server.subject.name, state })),
      byFlagz,
      byMetric,
    };
    const lacking = byFlags.flatMap(({ server, state }) =>
      state === "off" ? [notEnabled(server.subject)] : unconfigured(server, state),
    );
    const off = byMetric === "off" || byFlagz === "off";
    // the one that answered is likely one of those above: named apart only when they show nothing wrong
    const violations = nonEmpty(lacking.length === 0 && off ? [notEnabled(answering)] : lacking);
    if (violations) return fail(`${plugin} is not enabled and configured on every API server`, observed, violations);
    const configured = byFlags.every(({ state }) => state === "configured");
    if (view.complete && configured) return pass(`${plugin} is enabled and configured on ${view.whole}`, observed);
    const hidden = { fact: "kube/control-plane-pods", reason: "not-visible", resolve: "a declaration" } as const;
    const enabled =
      byMetric === "on" || byFlagz === "on"
        ? `; the one that answered has ${plugin} enabled, but whether it is configured is not visible`
        : "";
    return undetermined(`${view.text}${enabled}`, view.complete ? [hidden] : view.missing, observed);
  },
});

function notEnabled(subject: Subject): Finding {
  const message = `${plugin} is not enabled on this API server`;
  return { code: "plugin-not-enabled", subject, expected: plugin, actual: "not enabled", message };
}

function unconfigured(server: ApiServer, state: string): readonly Finding[] {
  if (state !== "enabled" || setting(server, configFlag).state !== "absent") return [];
  const message = `${plugin} is enabled, but no --${configFlag} gives it limits`;
  return [
    { code: "plugin-not-configured", subject: server.subject, expected: `--${configFlag}`, actual: "not set", message },
  ];
}
