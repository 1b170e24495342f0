/** Probes of tier dry-run over HTTPS on loopback: what they send, and what they make of every kind of answer. */
import { describe, expect, it } from "vitest";
import type { ProbedFactId } from "../../../src/model/facts/index.ts";
import { connectedLoopback } from "../../support/connected-loopback.ts";
import { gatherOver, paths, served } from "../../support/gathering.ts";
import { forbidden, tooManyRequests } from "../../support/kubernetes-routes.ts";
import { type LoopbackResponse, statusObject } from "../../support/loopback-response.ts";
import type { LoopbackHandler } from "../../support/loopback-server.ts";

const refusal = (code: number, message: string): LoopbackResponse => ({
  status: code,
  body: statusObject(code, message),
});
const stored = (object: object): LoopbackResponse => ({ status: 201, body: object });
const node = { metadata: { name: "a/../b", creationTimestamp: "2026-01-01T00:00:00Z" }, status: { nodeInfo: {} } };

/** Answers what is asked, and the reads that come before it. */
const cluster =
  (answer: LoopbackResponse): LoopbackHandler =>
  ({ url, method }) => {
    if (method !== "GET") return answer;
    if (url.pathname === paths.version) return { body: served("v1.36.0") };
    if (url.pathname === "/api/v1/namespaces/default") return { body: { metadata: { name: "default" } } };
    return url.pathname === paths.nodes ? { body: { kind: "List", metadata: {}, items: [node] } } : undefined;
  };

async function ask(id: ProbedFactId, handler: LoopbackHandler) {
  const { connection, loopback } = await connectedLoopback(handler);
  const { gathering } = await gatherOver(connection, [id], {}, "dry-run");
  const fact = gathering.items[id];
  const sent = loopback.requests.filter(({ method }) => method !== "GET");
  return { fact: fact?.status === "collected" ? fact.value : fact?.reason, sent, gathering };
}

const mayNot = (verb: string, resource: string) =>
  forbidden(`${resource} is forbidden: User "viewer" cannot ${verb} resource "${resource}" in API group ""`);
const policy = refusal(403, 'admission webhook "policy.example" denied the request: no');

describe("what a dry run is answered", () => {
  it.each<readonly [string, ProbedFactId, LoopbackResponse, unknown]>([
    [
      "a node is refused",
      "kube/node-restriction",
      refusal(403, 'nodes "b" is forbidden: node "scs-conformance-node" is not allowed to modify node "b"'),
      { refused: true },
    ],
    ["a node is obeyed", "kube/node-restriction", { body: node }, { refused: false }],
    ["a node is unknown to the authorizers", "kube/node-restriction", mayNot("patch", "nodes"), { refused: null }],
    ["impersonation is forbidden", "kube/node-restriction", mayNot("impersonate", "users"), "forbidden"],
    ["a webhook refuses the node", "kube/node-restriction", policy, { refused: null }],
    [
      "the level is refused",
      "kube/pod-security",
      refusal(
        422,
        'Namespace "x" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "bogus"',
      ),
      { admission: true, privilegedPod: { refused: true, labelled: false } },
    ],
    [
      "the level is taken",
      "kube/pod-security",
      stored({}),
      { admission: false, privilegedPod: { refused: false, labelled: false } },
    ],
    [
      "a policy refuses the namespace",
      "kube/pod-security",
      policy,
      { admission: null, privilegedPod: { refused: true, labelled: false } },
    ],
    ["namespaces are forbidden", "kube/pod-security", mayNot("create", "namespaces"), "forbidden"],
    [
      "two addresses",
      "kube/dual-stack-services",
      stored({ spec: { clusterIPs: ["10.0.0.1", "fd00::1"] } }),
      { dualStack: true, families: ["IPv4", "IPv6"] },
    ],
    [
      "one address in spite of the policy",
      "kube/dual-stack-services",
      stored({ spec: { clusterIPs: ["10.0.0.1", "evil"] } }),
      { dualStack: false, families: ["IPv4"] },
    ],
    [
      "not dual-stack",
      "kube/dual-stack-services",
      refusal(422, "Service is invalid: this cluster is not configured for dual-stack services"),
      { dualStack: false, families: [] },
    ],
    [
      "a quota",
      "kube/dual-stack-services",
      refusal(403, "services is forbidden: exceeded quota: q"),
      { dualStack: null, families: [] },
    ],
    ["a class", "kube/claim-class", stored({ spec: { storageClassName: "cinder" } }), { storageClass: "cinder" }],
    ["no class", "kube/claim-class", stored({ spec: {} }), { storageClass: null }],
    ["a claim over quota", "kube/claim-class", refusal(403, "exceeded quota: q"), "not-visible"],
    ["claims are forbidden", "kube/claim-class", mayNot("create", "persistentvolumeclaims"), "forbidden"],
    ["too many requests", "kube/claim-class", tooManyRequests(0), "server-error"],
    ["an unknown path", "kube/claim-class", { status: 404, body: "404 page not found\n" }, "not-served"],
    ["a page", "kube/claim-class", { status: 201, body: "<html>" }, "malformed"],
    ["a list", "kube/claim-class", { status: 201, body: "[]" }, "malformed"],
    ["a review without status", "kube/authorizers", stored({ kind: "SubjectAccessReview" }), "malformed"],
    ["reviews are forbidden", "kube/authorizers", mayNot("create", "subjectaccessreviews"), "forbidden"],
    [
      "everybody may everything",
      "kube/authorizers",
      stored({ status: { allowed: true } }),
      { node: null, rbac: false, allowsAnyone: true },
    ],
    [
      "nobody may anything",
      "kube/authorizers",
      stored({ status: { allowed: false } }),
      { node: false, rbac: null, allowsAnyone: false },
    ],
    [
      "a webhook decides",
      "kube/authorizers",
      stored({ status: { allowed: false, reason: "computer says no" } }),
      { node: null, rbac: null, allowsAnyone: false },
    ],
  ])("%s: %s", async (_, id, answer, expected) => {
    const { fact, sent } = await ask(id, cluster(answer));
    expect(fact).toEqual(expected);
    expect(sent.length).toBeGreaterThan(0);
    for (const { path } of sent)
      expect(path).toMatch(/\?dryRun=All$|^\/apis\/authorization\.k8s\.io\/v1\/\w+accessreviews$/);
  });

  it("acts as one node that does not exist, on a path that its name cannot leave", async () => {
    const { sent } = await ask("kube/node-restriction", cluster({ body: node }));
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(["PATCH /api/v1/nodes/a%2F..%2Fb?dryRun=All"]);
    expect(sent[0]?.headers).toMatchObject({
      "impersonate-user": "system:node:scs-conformance-node",
      "impersonate-group": "system:nodes",
      "content-type": "application/merge-patch+json",
    });
  });

  it("is not sought at tier observe", async () => {
    const { connection, loopback } = await connectedLoopback(cluster({ body: node }));
    const { gathering } = await gatherOver(connection, ["kube/claim-class", "kube/authorizers"]);
    expect(gathering.items["kube/claim-class"]).toMatchObject({ reason: "tier-not-allowed", resolve: "tier dry-run" });
    expect(loopback.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });
});
