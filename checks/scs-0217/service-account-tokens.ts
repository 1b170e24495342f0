import { Type } from "@sinclair/typebox";
import { apiServersByWholeFlags } from "../../src/model/api-server/api-server-flags.ts";
import { apiServerFlags } from "../../src/model/api-server/api-server-remediation.ts";
import { serviceAccountTokens as method, methodsByFlags } from "../../src/model/api-server/authentication-methods.ts";
import { onEveryApiServer } from "../../src/model/api-server/feature-state.ts";
import { defineCheck } from "../../src/model/check.ts";

export const serviceAccountTokens = defineCheck({
  id: "scs-0217/service-account-tokens",
  title: {
    pass: "Every API server accepts service account tokens",
    fail: "An API server does not accept service account tokens",
  },
  why: "Pods have no other way to show the API server who they are.",
  looksAt:
    "service-account-issuer and service-account-key-file of every API server; on the one that answered its flags in force, and the count of tokens that it found valid since it started. At tier active one that is issued for the run: whom its bearer is taken for.",
  needs: {
    oneOf: [
      ["kube/control-plane-pods", "kube/node-args", "kube/flagz", "kube/api-server-metrics", "kube/account-token"],
    ],
    uses: ["kube/api-server-instances"],
  },
  parameters: Type.Object({}),
  remediation: apiServerFlags("Name the issuer and the key of service account tokens.", {
    "service-account-issuer": "https://kubernetes.default.svc.cluster.local",
    "service-account-key-file": "/etc/kubernetes/pki/sa.pub",
  }),
  accepted: [
    "No stock API server starts without an issuer of service account tokens: flags that are not shown are taken for hidden, never for a failure.",
    "That a token of the run is not accepted is left open: what stands before the API server (a proxy with sign-in) may take none.",
  ],
  evaluate({ facts }) {
    const view = apiServersByWholeFlags(facts);
    const flagz = facts["kube/flagz"];
    const metrics = facts["kube/api-server-metrics"];
    const samples = metrics.status === "collected" ? metrics.value.series.serviceaccount_valid_tokens_total : undefined;
    const valid = samples?.reduce((sum, { value }) => sum + value, 0);
    const token = facts["kube/account-token"];
    const accepted = token.status === "collected" ? token.value.accepted : null;
    const inForce = flagz.status === "collected" && methodsByFlags(flagz.value.flags).includes(method);
    return onEveryApiServer(
      view,
      { name: "Authentication by service account tokens", code: "no-service-account-tokens", expected: method },
      {
        byFlags: (server) => (methodsByFlags(server.flags).includes(method) ? "on" : "unknown"),
        actual: () => "not visible",
        byAnswer: inForce || (valid ?? 0) > 0 || accepted ? "on" : "unknown",
        observed: {
          validTokensOnOne: valid ?? "not known",
          issuerInForceOnOne: inForce,
          ...(accepted === null ? {} : { tokenAcceptedByOne: accepted }),
        },
      },
    );
  },
});
