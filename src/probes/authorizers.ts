import { type ClusterAsker, reviewPaths } from "../model/asking.ts";
import { type Reading, read } from "../model/fact.ts";
import type { JsonObject } from "../model/json.ts";
import { defineProbe } from "../model/probe.ts";
import { textAt, valueAt } from "./untrusted.ts";

/** Nobody has these names: what they are allowed they owe to no binding of their own. */
const nobody = "scs-conformance-nobody";
const node = "scs-conformance-node";

interface Answer {
  readonly allowed: boolean;
  readonly reason: string;
}

async function review(ask: ClusterAsker, spec: JsonObject): Promise<Reading<Answer>> {
  const status = await ask.review(reviewPaths.subjectAccess, spec);
  if (!status.ok) return status;
  return read({
    allowed: valueAt(status.value, "allowed") === true,
    reason: textAt(status.value, "reason") ?? "",
  });
}

export const authorizersProbe = defineProbe({
  id: "kube/authorizers",
  title: "authorizers, by access reviews about invented users",
  tier: "dry-run",
  rights: [{ kind: "resource", verb: "create", group: "authorization.k8s.io", resource: "subjectaccessreviews" }],
  asks: { reviews: true },
  requests: 3,
  async collect({ ask }) {
    // a name has to be given, or the Node authorizer answers in other words
    const secret = { verb: "get", resource: "secrets", namespace: "default", name: node };
    const asNode = await review(ask, {
      user: `system:node:${node}`,
      groups: ["system:nodes", "system:authenticated"],
      resourceAttributes: secret,
    });
    if (!asNode.ok) return asNode;
    const version = await review(ask, {
      user: nobody,
      groups: ["system:authenticated"],
      nonResourceAttributes: { verb: "get", path: "/version" },
    });
    if (!version.ok) return version;
    const anyone = await review(ask, {
      user: nobody,
      groups: [nobody],
      resourceAttributes: {
        verb: "delete",
        group: "rbac.authorization.k8s.io",
        resource: "clusterroles",
        name: nobody,
      },
    });
    if (!anyone.ok) return anyone;
    return read({
      node: nodeSpoke(asNode.value),
      rbac: reasonOfRbac(version.value) ?? (anyone.value.allowed ? false : null),
      allowsAnyone: anyone.value.allowed,
    });
  },
});

/**
 * The Node authorizer gives its reason with every refusal. It did not speak when the refusal has no reason, or RBAC's own; who
 * was allowed owes it to another authorizer, which may have been asked before it.
 */
function nodeSpoke({ allowed, reason }: Answer): boolean | null {
  if (allowed) return null;
  if (/\bno relationship found between node\b/.test(reason)) return true;
  return reason === "" || reason.startsWith("RBAC:") ? false : null;
}

/** Allowed without a word of RBAC may still be RBAC, behind another authorizer that spoke first. */
function reasonOfRbac({ allowed, reason }: Answer): true | undefined {
  return allowed && reason.startsWith("RBAC: allowed by ") ? true : undefined;
}
