import { describeCheck } from "../../tests/support/check-table.ts";
import {
  apiServerPod,
  apiServers,
  certificate,
  flags,
  identity,
  metrics,
  serverNode,
  staticPods,
} from "../../tests/support/facts.ts";
import { authenticationMethods } from "./authentication-methods.ts";

const server = (withheld: string[], values: Record<string, string> = {}) => apiServerPod("a", values, withheld);
const one = { "kube/api-server-instances": apiServers(1) };
const ca = [certificate("2026-01-01T00:00:00Z", "2036-01-01T00:00:00Z", { ca: true })];
const tokens = metrics({ serviceaccount_valid_tokens_total: [{ labels: {}, value: 23 }] });
const hosted = { "kube/control-plane-pods": staticPods() };

describeCheck(
  authenticationMethods,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "kubeadm's flags",
      facts: { "kube/control-plane-pods": staticPods(server(["client-ca-file", "service-account-issuer"])), ...one },
      outcome: "pass",
      observed: {
        methods: [{ apiServer: "kube-apiserver-a", methods: ["client certificates", "service account tokens"] }],
      },
    },
    {
      name: "service account tokens alone",
      facts: {
        "kube/control-plane-pods": staticPods(server(["service-account-issuer", "service-account-key-file"])),
        ...one,
      },
      outcome: "fail",
      findings: ["too-few-authentication-methods"],
    },
    {
      name: "bootstrap tokens that are switched off do not count",
      facts: {
        "kube/control-plane-pods": staticPods(
          server(["service-account-issuer"], { "enable-bootstrap-token-auth": "false" }),
        ),
        ...one,
      },
      outcome: "fail",
    },
    {
      name: "a configuration file may hold more",
      facts: {
        "kube/control-plane-pods": staticPods(server(["service-account-issuer", "authentication-config"])),
        ...one,
      },
      outcome: "undetermined",
    },
    {
      name: "k3s writes them itself",
      facts: { "kube/node-args": { nodes: [serverNode("k3s", "a")] }, ...one },
      outcome: "undetermined",
    },
    {
      name: "hosted: published authorities and tokens found valid",
      facts: {
        ...hosted,
        "kube/cluster-ca": { clusterCa: ca, clientCa: ca },
        "kube/api-server-metrics": tokens,
        ...one,
      },
      outcome: "pass",
      observed: { methodsOfOne: ["client certificates", "service account tokens"] },
    },
    {
      name: "hosted: our own certificate was taken",
      facts: {
        ...hosted,
        "kube/client-certificate": { certificate: certificate("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z") },
        "kube/identity": identity(),
        "kube/api-server-metrics": tokens,
        ...one,
      },
      outcome: "pass",
    },
    {
      name: "hosted: a certificate of which nobody knows whether it was taken",
      facts: {
        ...hosted,
        "kube/client-certificate": { certificate: certificate("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z") },
        "kube/api-server-metrics": tokens,
        ...one,
      },
      outcome: "undetermined",
    },
    {
      name: "hosted: flags in force, those without a value do not count",
      facts: {
        ...hosted,
        "kube/flagz": {
          flags: flags({ "oidc-issuer-url": "", "enable-bootstrap-token-auth": "false" }, [
            "client-ca-file",
            "service-account-issuer",
          ]),
        },
        ...one,
      },
      outcome: "pass",
      observed: { methodsOfOne: ["client certificates", "service account tokens"] },
    },
    {
      name: "hosted: one of three answered",
      facts: {
        ...hosted,
        "kube/cluster-ca": { clusterCa: ca, clientCa: ca, frontProxyCa: ca },
        "kube/api-server-instances": apiServers(3),
      },
      outcome: "undetermined",
      because: /active on the one that answered/,
    },
  ],
);
