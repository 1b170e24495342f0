import { describeCheck } from "../../tests/support/check-table.ts";
import { certificate } from "../../tests/support/facts.ts";
import { frontProxyCa } from "./front-proxy-ca.ts";

const ca = (letter: string) =>
  certificate("2026-01-01T00:00:00Z", "2036-01-01T00:00:00Z", { ca: true, fingerprint: letter.repeat(64) });

describeCheck(
  frontProxyCa,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "a CA each",
      facts: { "kube/cluster-ca": { clusterCa: [ca("a")], clientCa: [ca("a")], frontProxyCa: [ca("b")] } },
      outcome: "pass",
    },
    {
      name: "one CA for both",
      facts: { "kube/cluster-ca": { clusterCa: [ca("a")], clientCa: [ca("a")], frontProxyCa: [ca("a")] } },
      outcome: "fail",
      findings: ["front-proxy-shares-ca"],
    },
    {
      name: "shared while one of them is renewed",
      facts: {
        "kube/cluster-ca": { clusterCa: [ca("a")], clientCa: [ca("b"), ca("a")], frontProxyCa: [ca("a"), ca("c")] },
      },
      outcome: "fail",
    },
    {
      name: "no front proxy is published",
      facts: { "kube/cluster-ca": { clusterCa: [ca("a")], clientCa: [ca("a")] } },
      outcome: "undetermined",
    },
    {
      name: "the ConfigMap may not be read",
      facts: { "kube/cluster-ca": { clusterCa: [ca("a")] } },
      outcome: "undetermined",
      missing: ["the right to get the ConfigMap kube-system/extension-apiserver-authentication, or a declaration"],
    },
  ],
);
