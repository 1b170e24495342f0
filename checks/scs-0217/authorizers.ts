import { Type } from "@sinclair/typebox";
import { apiServersByWholeFlags } from "../../src/model/api-server/api-server-flags.ts";
import { apiServerFlags } from "../../src/model/api-server/api-server-remediation.ts";
import {
  alwaysAllow,
  authorizerByReview,
  authorizersByFlags,
  authorizersByFlagz,
  authorizersByMetrics,
  oneOfThem,
} from "../../src/model/api-server/authorizers.ts";
import { onEveryApiServer, toldState, worst } from "../../src/model/api-server/feature-state.ts";
import { defineCheck } from "../../src/model/check.ts";

export const authorizers = defineCheck({
  id: "scs-0217/authorizers",
  title: {
    pass: "Every API server asks the authorizer that the text names",
    fail: "An API server does not ask the authorizer that the text names",
  },
  why: "The Node authorizer keeps a kubelet to the objects of its own pods; without it one stolen node reads every Secret.",
  looksAt:
    "authorization-mode of every API server; on the one that answered also its flags in force, the metric of decisions (1.30 and newer) and, at tier dry-run, the reasons it gives for access reviews. A configuration file (authorization-config) hides its authorizers until they have decided something.",
  needs: {
    oneOf: [["kube/control-plane-pods", "kube/node-args", "kube/flagz", "kube/api-server-metrics", "kube/authorizers"]],
    uses: ["kube/api-server-instances"],
  },
  parameters: Type.Object({
    anyOf: Type.Array(Type.String(), { default: ["Node"], description: "authorizers of which one is to be active" }),
  }),
  remediation: apiServerFlags(
    "Set the authorizers to Node and RBAC.",
    { "authorization-mode": "Node,RBAC" },
    {
      gardener: "Gardener always asks Node and RBAC: ask the operator for a declaration.",
      talos:
        "Talos asks Node and RBAC by default; remove what replaces them from `cluster.apiServer.authorizationConfig` or `extraArgs`.",
      hosted:
        "Kamaji always asks Node and RBAC; remove what overrides it from `spec.controlPlane.deployment.extraArgs`.",
    },
  ),
  accepted: [
    "AlwaysAllow beside the authorizers asked for is named and does not fail: the text asks for their presence.",
    "k3s and RKE2 write their authorizers themselves: what is not handed on is taken for not visible.",
  ],
  evaluate({ facts, parameters: { anyOf } }) {
    const view = apiServersByWholeFlags(facts);
    const byMetric = authorizersByMetrics(facts["kube/api-server-metrics"]);
    const byFlagz = authorizersByFlagz(facts["kube/flagz"]);
    const byReview = toldState(facts["kube/authorizers"], (told) => authorizerByReview(told, anyOf));
    const decided = anyOf.some((name) => byMetric.includes(name));
    const wanted = anyOf.join(" or ");
    return onEveryApiServer(
      view,
      { name: `The authorizer ${wanted}`, code: "authorizer-missing", expected: `authorization-mode with ${wanted}` },
      {
        byFlags: (server) => oneOfThem(authorizersByFlags(server), anyOf),
        actual: (server) => authorizersByFlags(server)?.join(",") ?? "not visible",
        byAnswer: worst(decided ? "on" : "unknown", oneOfThem(byFlagz, anyOf), byReview),
        observed: {
          authorizers: view.servers.map((server) => ({
            apiServer: server.subject.name,
            authorizers: authorizersByFlags(server)?.join(",") ?? "not visible",
          })),
          decidedOnOne: [...byMetric],
          inForceOnOne: byFlagz?.join(",") ?? "not visible",
          byReview,
        },
        notes: alwaysAllow(view.servers),
      },
    );
  },
});
