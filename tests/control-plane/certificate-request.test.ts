/** A request for a client certificate on real API servers with a real signer: left alone, approved, denied, and always gone again. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { preflight } from "../../src/app/preflight.ts";
import { loadScope } from "../../src/app/scope.ts";
import { planFor } from "../../src/app/selected.ts";
import { rolesFor } from "../../src/engine/role.ts";
import { clientSigner } from "../../src/model/facts/certificate-request.ts";
import type { Right } from "../../src/model/probe.ts";
import { describeRight } from "../../src/model/right-text.ts";
import { signingRequestsPath } from "../../src/probes/signing-request.ts";
import type { ControlPlane } from "../../testbed/control-plane.ts";
import { waitUntil } from "../../testbed/readiness.ts";
import { bare } from "../../testbed/variants.ts";
import { allObjects } from "../support/all-objects.ts";
import { boundAccount } from "../support/bound-account.ts";
import { checkCluster } from "../support/cluster-check.ts";
import { checkedOn } from "../support/expected-outcomes.ts";
import { forbiddenIn } from "../support/missed-facts.ts";
import { scratchFolder } from "../support/scratch.ts";

const requirement = "scs-0215-v1/certificate-rotation";
const selection = {
  scope: "scs-compatible-kaas",
  only: [requirement],
  skip: [],
  tier: "system",
  includeProposed: false,
} as const;

interface SigningRequest {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly request: string };
}

async function requestsOn({ api }: ControlPlane): Promise<readonly SigningRequest[]> {
  return ((await api.json("GET", signingRequestsPath)) as { readonly items: readonly SigningRequest[] }).items;
}

/** The first request that comes. */
async function nextRequest(cluster: ControlPlane): Promise<SigningRequest> {
  const seen: SigningRequest[] = [];
  const comes = async () => seen.push(...(await requestsOn(cluster))) > 0;
  await waitUntil("a request for a certificate comes", comes, [], Date.now() + 30_000);
  const [request] = seen;
  if (request === undefined) throw new Error("no request came");
  return request;
}

/** Does with it what an approver does, and returns it as it came. */
async function answerNext(cluster: ControlPlane, type: "Approved" | "Denied"): Promise<SigningRequest> {
  const request = await nextRequest(cluster);
  const conditions = [{ type, status: "True", reason: "ByTest" }];
  const approval = `${signingRequestsPath}/${request.metadata.name}/approval`;
  await cluster.api.json("PUT", approval, { ...request, status: { conditions } });
  return request;
}

/** A run whose files are all read, with its ledgers where nobody else's are. */
async function looked(kubeconfig: string) {
  const [folder, stateFolder] = [path.join(scratchFolder(), "run"), scratchFolder()];
  const checked = await checkCluster(kubeconfig, { selection, folder, acting: { stateFolder } });
  const fact = checked.fact("kube/certificate-request");
  return {
    ...checked,
    fact: fact.status === "collected" ? fact.value : fact.reason,
    rotation: checked.result(requirement),
    left: { inReport: checked.run.report.cleanup?.left, ledgers: readdirSync(stateFolder) },
    written: readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "utf8")),
  };
}

const alone = ["kube/certificate-request"];
const nothing = { inReport: 0, ledgers: [] };
const restricted = {
  accepted: false,
  said: `... "..." is forbidden: use of ${clientSigner} signer with system:masters group is not allowed`,
};

describe.skipIf(process.env.SCS_SKIP_CONTROL_PLANE === "1")("a request for a client certificate", () => {
  let cluster: ControlPlane;
  let rights: readonly Right[];
  beforeAll(async () => {
    cluster = await bare();
    rights = planFor((await loadScope(selection.scope, undefined)).scope, selection, checkedOn).rights;
  });
  afterAll(() => cluster?.stop());

  it("waits for an approver that there is not, is for nobody, and goes", async () => {
    const before = [...(await allObjects(cluster.api)).keys()];
    const run = looked(await cluster.kubeconfig());
    const asked = await nextRequest(cluster);
    const { fact, rotation, left } = await run;
    const name = expect.stringMatching(/^client-certificate-[a-z0-9]{5}$/);
    const ownerReferences = [expect.objectContaining({ kind: "Namespace" })];
    const labels = { "app.kubernetes.io/managed-by": "scs-conformance", "scs-conformance/run": expect.any(String) };
    const annotations = expect.objectContaining({ "scs-conformance/expires": expect.any(String) });
    expect(asked).toMatchObject({
      metadata: { name, labels, annotations, ownerReferences },
      spec: { signerName: clientSigner, expirationSeconds: 600, username: "kubernetes-admin" },
      status: {},
    });
    expect(fact).toEqual({ state: "pending", inMasters: restricted });
    expect(rotation).toMatchObject({ outcome: "undetermined", observed: { clientCertificateRequest: "pending" } });
    expect(rotation.findings).toEqual([]);
    expect(left).toEqual(nothing);
    expect([...(await allObjects(cluster.api)).keys()]).toEqual(before);
  });

  it("is signed when somebody approves it: named, and kept nowhere", async () => {
    const run = looked(await cluster.kubeconfig());
    const { spec } = await answerNext(cluster, "Approved");
    const { fact, rotation, left, written } = await run;
    expect(fact).toEqual({ state: "issued", inMasters: restricted });
    expect(rotation.outcome).toBe("undetermined");
    expect(rotation.findings.map(({ code }) => code)).toEqual(["certificate-request-approved"]);
    expect(left).toEqual(nothing);
    expect(await requestsOn(cluster)).toEqual([]);
    expect(written.length).toBeGreaterThan(2);
    const armour = Buffer.from("-----BEGIN ").toString("base64").slice(0, -2);
    for (const text of written)
      for (const hidden of [spec.request, armour, "-----BEGIN "]) expect(text).not.toContain(hidden);
  });

  it("is refused when somebody denies it; the rights of the plan do for all of it, and none is to approve", async () => {
    const run = looked(await boundAccount(cluster, "whole", rolesFor(rights), rights));
    await answerNext(cluster, "Denied");
    const { fact, gathering, rotation, left } = await run;
    expect(fact).toEqual({ state: "refused", inMasters: restricted });
    expect(rotation.findings).toEqual([]);
    expect(forbiddenIn(gathering)).toEqual([]);
    expect(left).toEqual(nothing);
    expect(rights.map(describeRight).filter((right) => /approv|sign |update|patch/.test(right))).toEqual([]);
  });

  it.each([
    ["create", alone],
    ["get", alone],
    ["delete", alone],
    // kubelets' requests are listed as well
    ["list", [...alone, "kube/kubelet-serving-requests"]],
  ])("is not sent without the right to %s it, and no more than that is missed", async (verb, missed) => {
    const right = `${verb} certificatesigningrequests`;
    const fewer = rights.filter((one) => describeRight(one) !== right);
    expect(fewer).toHaveLength(rights.length - 1);
    const kubeconfig = await boundAccount(cluster, `no-${verb}`, rolesFor(fewer), fewer);
    const { text, missing } = await preflight({
      cluster: { kubeconfig, requestTimeout: 10_000, timeout: 60_000 },
      selection,
      now: () => new Date(checkedOn),
      signal: new AbortController().signal,
    });
    expect(missing).toBe(1);
    const [sees = "", open] = text.split(`Without the right to ${right} a run does not see: `)[1]?.split("\n", 2) ?? [];
    expect(sees).toContain("what becomes of a request for a client certificate that nobody approves");
    expect(open).toBe("It may then leave open:");
    expect(text.split("It may then leave open:")[1]).toBe(`\n  ${requirement}`);
    const { fact, gathering, outcomes, left } = await looked(kubeconfig);
    expect(fact).toBe("forbidden");
    expect(gathering.items["kube/certificate-request"]).toMatchObject({ resolve: expect.stringContaining(right) });
    expect(forbiddenIn(gathering)).toEqual(missed);
    expect(outcomes).toEqual({ [requirement]: "undetermined" });
    expect(left).toEqual(nothing);
  });

  it("is taken in the group of the masters where nothing keeps it out", async () => {
    const open = await bare({
      apiServers: [{ extraFlags: ["--disable-admission-plugins=CertificateSubjectRestriction"] }],
    });
    try {
      const run = looked(await open.kubeconfig());
      await answerNext(open, "Approved");
      const { fact, rotation, left } = await run;
      expect(fact).toEqual({ state: "issued", inMasters: { accepted: true } });
      const codes = rotation.findings.map(({ code }) => code);
      expect(codes).toEqual(["certificate-request-approved", "masters-request-taken"]);
      expect(rotation.outcome).toBe("undetermined");
      expect(left).toEqual(nothing);
    } finally {
      await open.stop();
    }
  });
});
