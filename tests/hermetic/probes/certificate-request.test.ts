/** A request for a client certificate, over HTTPS on loopback: left alone, answered by somebody, refused, and gone again. */
import "reflect-metadata";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as x509 from "@peculiar/x509";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../src/model/canonical-json.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import { certificateRequestProbe, tryRequest } from "../../../src/probes/certificate-request.ts";
import { actingOver } from "../../support/acting.ts";
import { connectedLoopback } from "../../support/connected-loopback.ts";
import { gatherOver, paths } from "../../support/gathering.ts";
import { forbidden } from "../../support/kubernetes-routes.ts";
import { type LoopbackResponse, statusObject } from "../../support/loopback-response.ts";
import { objectStore } from "../../support/object-store.ts";

const signer = "kubernetes.io/kube-apiserver-client";

interface Behaviour {
  /** What somebody writes into the status of the request, once it is there. */
  readonly status?: unknown;
  /** Answer to a POST of the request, or to a dry run of one. */
  readonly refuses?: (request: { readonly dryRun: boolean; readonly spec: JsonObject }) => LoopbackResponse | undefined;
  /** Answer to a GET of it. */
  readonly unseen?: LoopbackResponse;
}

/** An API server with somebody at work, and a run that acts on it. */
async function begun({ status, refuses = () => undefined, unseen }: Behaviour) {
  const store = objectStore();
  const made: JsonObject[] = [];
  const methods: string[] = [];
  store.before = ({ method, url, body }) => {
    if (!url.pathname.startsWith(paths.signingRequests)) return undefined;
    const dryRun = url.searchParams.get("dryRun") === "All";
    methods.push(`${method}${dryRun ? " dry run" : ""}`);
    if (method === "GET") {
      const there = store.objects.get(url.pathname);
      if (there && status !== undefined) there.status = status;
      return unseen;
    }
    if (method !== "POST") return undefined;
    const object = JSON.parse(body) as JsonObject;
    const spec = isJsonObject(object.spec) ? object.spec : {};
    const refusal = refuses({ dryRun, spec });
    if (refusal) return refusal;
    if (!dryRun) made.push(object);
    return dryRun ? { status: 201, body: object } : undefined;
  };
  const { connection } = await connectedLoopback(store.handler);
  return { store, made, methods, connection, acting: actingOver(connection) };
}

async function tried(behaviour: Behaviour = {}) {
  const { store, made, methods, connection, acting } = await begun(behaviour);
  const fact = await tryRequest(acting.actor, connection.asker, 300);
  const left = [...store.objects.keys()].filter((path) => path.startsWith(paths.signingRequests));
  return { fact: fact.ok ? fact.value : fact.reason, made, methods, left, run: acting.run };
}

const pemIn = ({ request }: JsonObject): string => Buffer.from(String(request), "base64").toString();
const condition = (type: string) => ({ conditions: [{ type, status: "True", reason: "x" }] });

describe("a request for a client certificate", () => {
  it("is for the run's own name and ten minutes, waits, and goes; nothing is approved", async () => {
    const { fact, made, methods, left, run } = await tried();
    expect(fact).toEqual({ state: "pending", inMasters: { accepted: true } });
    expect(made).toMatchObject([
      {
        metadata: { name: `client-certificate-${run}`, ownerReferences: [{ kind: "Namespace" }] },
        spec: { signerName: signer, expirationSeconds: 600, usages: ["digital signature", "client auth"] },
      },
    ]);
    const spec = made[0]?.spec;
    const asked = new x509.Pkcs10CertificateRequest(pemIn(isJsonObject(spec) ? spec : {}));
    expect(asked.subject).toBe(`CN=client-certificate-${run}`);
    expect(await asked.verify()).toBe(true);
    expect(new Set(methods)).toEqual(new Set(["POST", "GET", "DELETE", "POST dry run"]));
    expect(left).toEqual([]);
  });

  it.each([
    ["approved, and signed by nobody", condition("Approved"), "approved"],
    ["approved and signed", { ...condition("Approved"), certificate: "TFMwdExTMUNS" }, "issued"],
    ["denied", condition("Denied"), "refused"],
    ["not signed", condition("Failed"), "refused"],
    ["given a status that makes no sense", { conditions: "Approved", certificate: 7 }, "pending"],
  ])("is %s by somebody", async (_, status, state) => {
    const { fact, left } = await tried({ status });
    expect(fact).toMatchObject({ state });
    expect(left).toEqual([]);
  });

  it("is refused for the group of the masters, or nobody says whether it is", async () => {
    const inMasters = (answer: LoopbackResponse) =>
      tried({
        refuses: ({ dryRun, spec }) =>
          dryRun && new x509.Pkcs10CertificateRequest(pemIn(spec)).subject.includes("O=system:masters")
            ? answer
            : undefined,
      });
    const words = "use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed";
    const message = `certificatesigningrequests.certificates.k8s.io "x" is forbidden: ${words}`;
    expect((await inMasters({ status: 403, body: statusObject(403, message) })).fact).toEqual({
      state: "pending",
      inMasters: { accepted: false, said: `... "..." is forbidden: ${words}` },
    });
    const noDryRuns = statusObject(400, "the webhook does not support dry run");
    expect((await inMasters({ status: 400, body: noDryRuns })).fact).toEqual({ state: "pending" });
  });

  it("is kept out by a policy, which is no answer of a signer", async () => {
    const denied = 'admission webhook "policy.example" denied the request: no requests';
    const { fact, left } = await tried({
      refuses: ({ dryRun }) => (dryRun ? undefined : { status: 403, body: statusObject(403, denied) }),
    });
    expect(fact).toMatchObject({ hindrance: { by: "policy" } });
    expect(fact).not.toHaveProperty("state");
    expect(left).toEqual([]);
  });

  it.each<readonly [string, Behaviour, string]>([
    [
      "may not be made",
      { refuses: () => forbidden("x cannot create resource certificatesigningrequests") },
      "forbidden",
    ],
    ["is of an API that is not served", { refuses: () => ({ status: 404, body: "404 page not found" }) }, "not-served"],
    ["may not be looked at", { unseen: forbidden("x cannot get resource certificatesigningrequests") }, "forbidden"],
  ])("%s", async (_, behaviour, reason) => {
    expect((await tried(behaviour)).fact).toBe(reason);
  });
});

it("leaves nothing of the request, the key or the certificate in evidence and ledger", async () => {
  const secret = "SECRET0certificate0of0a0client";
  const { made, connection, acting } = await begun({
    status: {
      conditions: [{ type: "Approved", status: "True", reason: secret, message: secret }],
      certificate: Buffer.from(`-----BEGIN CERTIFICATE-----\n${secret}\n`).toString("base64"),
    },
    refuses: ({ dryRun, spec }) =>
      dryRun ? { status: 422, body: statusObject(422, `Invalid value "${secret}" in ${spec.request}`) } : undefined,
  });
  const { reader, asker, requests } = connection;
  const { gathering, value, events } = await gatherOver(
    { reader, asker, requests, actor: acting.actor },
    ["kube/certificate-request"],
    {},
    "system",
  );
  expect(value("kube/certificate-request")).toMatchObject({ state: "issued", inMasters: { accepted: false } });
  const [asked] = made;
  const { request } = asked && isJsonObject(asked.spec) ? asked.spec : {};
  const [ledger = ""] = readdirSync(acting.folder);
  const kept = [
    canonicalJson(gathering as unknown as Json),
    JSON.stringify(events),
    readFileSync(path.join(acting.folder, ledger), "utf8"),
  ];
  expect(kept[2]).toContain(`client-certificate-${acting.run}`);
  for (const text of kept)
    for (const hidden of ["SECRET", "BEGIN", "LS0tLS1", String(request).slice(40, 80)])
      expect(text).not.toContain(hidden);
});

it("needs no right to approve or to sign", () => {
  const { rights } = certificateRequestProbe;
  expect(rights.map((right) => (right.kind === "resource" ? `${right.verb} ${right.resource}` : right.path))).toEqual([
    "create certificatesigningrequests",
  ]);
});
