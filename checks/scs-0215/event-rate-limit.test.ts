import { describeCheck } from "../../tests/support/check-table.ts";
import { apiServers, controlPlaneThere, flags, serverNode, staticPod, staticPods } from "../../tests/support/facts.ts";
import { eventRateLimit } from "./event-rate-limit.ts";

const enabled = { "enable-admission-plugins": "NodeRestriction,EventRateLimit" };
const configured = (node: string) =>
  staticPod("kube-apiserver", node, {}, { flags: flags(enabled, ["admission-control-config-file"]) });
const plain = { "enable-admission-plugins": "NodeRestriction" };

const metrics = (...names: string[]) => ({
  series: {
    apiserver_admission_controller_admission_duration_seconds_count: names.map((name) => ({
      labels: { name, type: "validate", operation: "CREATE", rejected: "false" },
      value: 12,
    })),
  },
});

describeCheck(
  eventRateLimit,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "enabled and configured on both",
      facts: {
        "kube/control-plane-pods": staticPods(configured("a"), configured("b")),
        "kube/api-server-instances": apiServers(2),
      },
      outcome: "pass",
    },
    {
      name: "written with its limits and rolled out in the management cluster",
      facts: {
        "management/control-plane": controlPlaneThere({
          kind: "Shoot",
          apiServer: flags({ "enable-admission-plugins": "EventRateLimit" }),
          hidesFlags: true,
          eventLimits: [{ type: "Server", qps: 5000, burst: 20000 }],
        }),
      },
      outcome: "pass",
      observed: { limitsWritten: [{ type: "Server", qps: 5000, burst: 20000 }] },
    },
    {
      name: "written for Kamaji without the plugin",
      facts: { "management/control-plane": controlPlaneThere({ kind: "TenantControlPlane", apiServer: flags(plain) }) },
      outcome: "fail",
      findings: ["plugin-not-enabled"],
    },
    {
      name: "a Shoot that does not name it: Gardener may enable it all the same",
      facts: { "management/control-plane": controlPlaneThere({ kind: "Shoot", hidesFlags: true }) },
      outcome: "undetermined",
    },
    {
      name: "one API server, by /flagz, which lists a configuration file even when none is named",
      facts: {
        "kube/flagz": { flags: flags(enabled, ["admission-control-config-file"]) },
        "kube/control-plane-pods": staticPods(),
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "undetermined",
      because: /whether it is configured is not visible/,
    },
    {
      name: "enabled without a configuration file",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a", enabled)),
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "fail",
      findings: ["plugin-not-configured"],
    },
    {
      name: "a name that only contains it",
      facts: {
        "kube/control-plane-pods": staticPods(
          staticPod("kube-apiserver", "a", { "enable-admission-plugins": "MyEventRateLimiter" }),
        ),
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "fail",
    },
    {
      name: "/flagz without it",
      facts: { "kube/flagz": { flags: flags(plain) }, "kube/api-server-instances": apiServers(2) },
      outcome: "fail",
      findings: ["plugin-not-enabled"],
    },
    {
      name: "on the second of two missing: it is named",
      facts: {
        "kube/control-plane-pods": staticPods(configured("a"), staticPod("kube-apiserver", "b", plain)),
        "kube/api-server-instances": apiServers(2),
      },
      outcome: "fail",
      findings: ["plugin-not-enabled"],
    },
    {
      name: "k3s default",
      facts: { "kube/node-args": { nodes: [serverNode("k3s", "a")] }, "kube/api-server-instances": apiServers(1) },
      outcome: "fail",
    },
    {
      name: "hosted: other plugins have validated, this one never",
      facts: {
        "kube/api-server-metrics": metrics("LimitRanger", "PodSecurity", "ResourceQuota"),
        "kube/api-server-instances": apiServers(3),
      },
      outcome: "fail",
      findings: ["plugin-not-enabled"],
    },
    {
      name: "hosted: the metric shows it, the configuration is not visible",
      facts: {
        "kube/api-server-metrics": metrics("ResourceQuota", "EventRateLimit"),
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "undetermined",
      because: /whether it is configured is not visible/,
    },
    {
      name: "an API server that nobody has written to",
      facts: { "kube/api-server-metrics": metrics(), "kube/api-server-instances": apiServers(1) },
      outcome: "undetermined",
    },
    {
      name: "one of three seen",
      facts: { "kube/control-plane-pods": staticPods(configured("a")), "kube/api-server-instances": apiServers(3) },
      outcome: "undetermined",
      because: /^1 of 3/,
      missing: ["a view of every API server"],
    },
    {
      name: "/flagz of one of two",
      facts: {
        "kube/flagz": { flags: flags(enabled, ["admission-control-config-file"]) },
        "kube/api-server-instances": apiServers(2),
      },
      outcome: "undetermined",
    },
  ],
);
