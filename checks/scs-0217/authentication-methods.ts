import { Type } from "@sinclair/typebox";
import { apiServersByWholeFlags, setting } from "../../src/model/api-server/api-server-flags.ts";
import { apiServerFlags } from "../../src/model/api-server/api-server-remediation.ts";
import { methodsByAnswer, methodsByFlags } from "../../src/model/api-server/authentication-methods.ts";
import { onEveryApiServer } from "../../src/model/api-server/feature-state.ts";
import { defineCheck } from "../../src/model/check.ts";

export const authenticationMethods = defineCheck({
  id: "scs-0217/authentication-methods",
  title: {
    pass: "Every API server accepts several methods of authentication",
    fail: "An API server accepts fewer methods of authentication than asked for",
  },
  why: "People and pods need different ways to show who they are, and one way that breaks locks nobody out.",
  looksAt:
    "The flags of every API server that switch methods on; on the one that answered also its flags in force, the authorities it publishes, our own client certificate and the tokens it found valid. A configuration file (authentication-config) hides its methods.",
  needs: {
    oneOf: [["kube/control-plane-pods", "kube/node-args", "kube/flagz", "kube/cluster-ca", "kube/api-server-metrics"]],
    uses: ["kube/client-certificate", "kube/identity", "kube/api-server-instances"],
  },
  parameters: Type.Object({
    atLeast: Type.Integer({ default: 2, minimum: 1, description: "methods of authentication at least" }),
  }),
  remediation: apiServerFlags(
    "Accept client certificates (client-ca-file) beside service account tokens, or another method such as OpenID Connect.",
    { "client-ca-file": "/etc/kubernetes/pki/ca.crt" },
  ),
  accepted: [
    "Every strategy of the Kubernetes documentation counts, the authenticating proxy and bootstrap tokens too.",
    "That a method is switched on counts; whether anybody uses it is not looked at.",
  ],
  evaluate({ facts, parameters: { atLeast } }) {
    const view = apiServersByWholeFlags(facts);
    const byAnswer = methodsByAnswer(facts);
    return onEveryApiServer(
      view,
      {
        name: `A choice of ${atLeast} methods of authentication`,
        code: "too-few-authentication-methods",
        expected: `${atLeast} methods`,
      },
      {
        byFlags: (server) => {
          if (methodsByFlags(server.flags).length >= atLeast) return "on";
          const inFile = setting(server, "authentication-config").state !== "absent";
          return inFile || server.handedOn ? "unknown" : "off";
        },
        actual: (server) => methodsByFlags(server.flags).join(", ") || "none",
        byAnswer: byAnswer.length >= atLeast ? "on" : "unknown",
        observed: {
          methods: view.servers.map((server) => ({
            apiServer: server.subject.name,
            methods: [...methodsByFlags(server.flags)],
          })),
          methodsOfOne: [...byAnswer],
        },
      },
    );
  },
});
