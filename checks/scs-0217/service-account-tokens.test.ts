import { describeCheck } from "../../tests/support/check-table.ts";
import { apiServerPod, apiServers, flags, metrics, serverNode, staticPods } from "../../tests/support/facts.ts";
import { serviceAccountTokens } from "./service-account-tokens.ts";

const one = { "kube/api-server-instances": apiServers(1) };
const valid = (value: number) => metrics({ serviceaccount_valid_tokens_total: [{ labels: {}, value }] });
const issuing = apiServerPod("a", {}, ["service-account-issuer"]);

describeCheck(
  serviceAccountTokens,
  ["pass", "undetermined"],
  [
    { name: "kubeadm's flags", facts: { "kube/control-plane-pods": staticPods(issuing), ...one }, outcome: "pass" },
    {
      name: "hosted: tokens were found valid",
      facts: { "kube/control-plane-pods": staticPods(), "kube/api-server-metrics": valid(23), ...one },
      outcome: "pass",
    },
    {
      name: "hosted: an issuer in force",
      facts: {
        "kube/control-plane-pods": staticPods(),
        "kube/flagz": { flags: flags({}, ["service-account-issuer"]) },
        ...one,
      },
      outcome: "pass",
    },
    {
      name: "no token was used yet",
      facts: { "kube/control-plane-pods": staticPods(), "kube/api-server-metrics": valid(0), ...one },
      outcome: "undetermined",
    },
    {
      name: "flags that are not shown are hidden: every API server has an issuer",
      facts: { "kube/control-plane-pods": staticPods(apiServerPod("a")), ...one },
      outcome: "undetermined",
    },
    {
      name: "k3s writes them itself",
      facts: { "kube/node-args": { nodes: [serverNode("k3s", "a")] }, ...one },
      outcome: "undetermined",
    },
    {
      name: "a token that was issued for the run is accepted",
      facts: { "kube/account-token": { bound: true, accepted: true }, ...one },
      outcome: "pass",
      observed: { tokenAcceptedByOne: true },
    },
    {
      name: "one of two API servers accepts it",
      facts: { "kube/account-token": { bound: true, accepted: true }, "kube/api-server-instances": apiServers(2) },
      outcome: "undetermined",
    },
    {
      name: "what stands before the API server takes none",
      facts: { "kube/account-token": { bound: true, accepted: false }, ...one },
      outcome: "undetermined",
    },
    {
      name: "before reviews of oneself",
      facts: { "kube/account-token": { bound: true, accepted: null }, ...one },
      outcome: "undetermined",
    },
  ],
);
