import { describeCheck, unavailable } from "../../tests/support/check-table.ts";
import {
  admissions,
  apiServerPod,
  apiServers,
  flags,
  serverNode,
  staticPod,
  staticPods,
  version,
} from "../../tests/support/facts.ts";
import { podSecurityAdmission } from "./pod-security-admission.ts";

const one = { "kube/api-server-instances": apiServers(1), "kube/version": version("v1.36.3") };
const server = (values: Record<string, string> = {}) => staticPods(apiServerPod("a", values));
const off = server({ "disable-admission-plugins": "PodSecurity" });
const hosted = { "kube/control-plane-pods": staticPods() };

describeCheck(
  podSecurityAdmission,
  ["pass", "fail", "undetermined"],
  [
    { name: "on by default", facts: { "kube/control-plane-pods": server(), ...one }, outcome: "pass" },
    {
      name: "others enabled, it is still on",
      facts: { "kube/control-plane-pods": server({ "enable-admission-plugins": "NodeRestriction" }), ...one },
      outcome: "pass",
    },
    {
      name: "switched off",
      facts: { "kube/control-plane-pods": off, ...one },
      outcome: "fail",
      findings: ["plugin-not-enabled"],
    },
    {
      name: "switched off, with Kyverno in its place",
      facts: {
        "kube/control-plane-pods": off,
        "kube/custom-resources": { total: 1, relevant: ["clusterpolicies.kyverno.io"] },
        ...one,
      },
      outcome: "fail",
      observed: { policyEngines: ["Kyverno"] },
    },
    {
      name: "switched off by gate",
      facts: { "kube/control-plane-pods": server({ "feature-gates": "PodSecurity=false" }), ...one },
      outcome: "fail",
    },
    {
      name: "before 1.23 nothing is on by default",
      facts: { "kube/control-plane-pods": server(), ...one, "kube/version": version("v1.21.1") },
      outcome: "fail",
    },
    {
      name: "a version that is not known",
      facts: {
        "kube/control-plane-pods": server(),
        ...one,
        "kube/version": unavailable("timeout", "an API server that answers in time"),
      },
      outcome: "undetermined",
    },
    {
      name: "flags behind a script",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a", {}, { configFile: true })),
        ...one,
      },
      outcome: "undetermined",
    },
    {
      name: "k3s does not switch it off by itself",
      facts: { "kube/node-args": { nodes: [serverNode("k3s", "a")] }, ...one },
      outcome: "pass",
    },
    {
      name: "hosted: its calls are counted",
      facts: { ...hosted, "kube/api-server-metrics": admissions("PodSecurity/validate"), ...one },
      outcome: "pass",
    },
    {
      name: "hosted: others validate, it does not",
      facts: {
        ...hosted,
        "kube/api-server-metrics": admissions(
          "LimitRanger/validate",
          "ResourceQuota/validate",
          "ServiceAccount/validate",
        ),
        ...one,
      },
      outcome: "fail",
    },
    {
      name: "hosted: flags in force switch it off",
      facts: { ...hosted, "kube/flagz": { flags: flags({ "disable-admission-plugins": "PodSecurity" }) }, ...one },
      outcome: "fail",
    },
    {
      name: "hosted: nothing visible",
      facts: { ...hosted, ...one },
      outcome: "undetermined",
    },
    {
      name: "hosted: a level that does not exist is refused",
      facts: { ...hosted, "kube/pod-security": { admission: true }, ...one },
      outcome: "pass",
    },
    {
      name: "hosted: it is not",
      facts: { ...hosted, "kube/pod-security": { admission: false }, ...one },
      outcome: "fail",
    },
    {
      name: "hosted: something else refused it",
      facts: { ...hosted, "kube/pod-security": { admission: null }, ...one },
      outcome: "undetermined",
    },
  ],
);
