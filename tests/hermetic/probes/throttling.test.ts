/** A limit of the run's own, tried over HTTPS on loopback: what is made, what is asked, and that nothing is left. */
import { describe, expect, it } from "vitest";
import { actingOver } from "../../support/acting.ts";
import { connectedLoopback } from "../../support/connected-loopback.ts";
import { gatherOver, paths, served } from "../../support/gathering.ts";
import { forbidden } from "../../support/kubernetes-routes.ts";
import { type LoopbackResponse, statusObject } from "../../support/loopback-response.ts";
import type { LoopbackRequest } from "../../support/loopback-server.ts";
import { objectStore } from "../../support/object-store.ts";

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const token = `${part({ alg: "RS256" })}.${part({ sub: "x" })}.c2lnbmF0dXJl`;
const levels = "/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations";
const schemas = "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas";

interface Behaviour {
  /** Answer to the account's requests, by their number from 0; the first one only asks whether the level is in force. */
  readonly answer: (level: string, number: number) => LoopbackResponse;
  readonly refuses?: (request: LoopbackRequest) => LoopbackResponse | undefined;
}

async function tried({ answer, refuses = () => undefined }: Behaviour) {
  const store = objectStore();
  let level = "";
  let number = -1;
  const made: object[] = [];
  store.before = (request) => {
    const { method, url, headers, body } = request;
    if (url.pathname === paths.version) return { body: served("v1.37.2") };
    const refusal = refuses(request);
    if (refusal) return refusal;
    if (method === "POST" && url.pathname.endsWith("/token")) return { status: 201, body: { status: { token } } };
    if (method === "POST" && url.pathname.startsWith("/apis/flow")) made.push(JSON.parse(body) as object);
    const ofLevel = [...store.objects].find(([path]) => path.startsWith(`${levels}/`));
    if (ofLevel) level = ofLevel[1].metadata.uid;
    if (headers.authorization !== `Bearer ${token}`) return undefined;
    number += 1;
    return answer(level, number);
  };
  const { connection } = await connectedLoopback(store.handler);
  const { reader, asker, requests } = connection;
  const run = actingOver(connection);
  const { gathering } = await gatherOver(
    { reader, asker, requests, actor: run.actor },
    ["kube/throttling"],
    {},
    "system",
  );
  const fact = gathering.items["kube/throttling"];
  const left = [...store.objects.keys()].filter((path) => path.startsWith("/apis/flow"));
  return { fact: fact?.status === "collected" ? fact.value : fact?.reason, made, left, run, store };
}

const headersOf = (level: string) => ({
  "x-kubernetes-pf-prioritylevel-uid": level,
  "x-kubernetes-pf-flowschema-uid": "of-the-schema",
});
const notSeen = (level: string): LoopbackResponse => ({
  status: 403,
  headers: headersOf(level),
  body: statusObject(403, "forbidden"),
});
const tooMany = (level: string, retryAfter = "1"): LoopbackResponse => ({
  status: 429,
  headers: { ...headersOf(level), "retry-after": retryAfter },
  body: "Too many requests, please try again later.\n",
});

describe("a limit of the run's own", () => {
  it("lets one request through and rejects the rest, while another user is answered", async () => {
    const { fact, made, left, run } = await tried({
      answer: (level, number) => (number < 2 ? notSeen(level) : tooMany(level)),
    });
    expect(fact).toEqual({
      matched: true,
      asked: 8,
      rejected: 7,
      retryAfterSeconds: 1,
      othersAsked: 1,
      othersAnswered: 1,
    });
    expect(made).toMatchObject([
      {
        kind: "PriorityLevelConfiguration",
        spec: { type: "Limited", limited: { nominalConcurrencyShares: 0, limitResponse: { type: "Reject" } } },
      },
      {
        kind: "FlowSchema",
        spec: {
          rules: [
            {
              subjects: [{ kind: "ServiceAccount", serviceAccount: { name: `throttled-${run.run}` } }],
              resourceRules: [{ namespaces: [`scs-conformance-${run.run}`] }],
            },
          ],
        },
      },
    ]);
    expect(left).toEqual([]);
  });

  it("is not taken up: nothing more is asked than whether it is", async () => {
    const { fact, left } = await tried({ answer: () => notSeen("another-level") });
    expect(fact).toEqual({ matched: false, asked: 0, rejected: 0, othersAsked: 0, othersAnswered: 0 });
    expect(left).toEqual([]);
  });

  it("rejects nothing: it is tried no longer than twenty rounds", async () => {
    const { fact } = await tried({ answer: (level) => notSeen(level) });
    expect(fact).toEqual({ matched: true, asked: 160, rejected: 0, othersAsked: 20, othersAnswered: 20 });
  });

  it("is not what somebody else's 429 shows, nor a wait that is no number", async () => {
    const answer = (level: string, number: number) =>
      number === 0 ? notSeen(level) : number % 2 === 0 ? tooMany("another-level") : tooMany(level, "soon");
    expect((await tried({ answer })).fact).toEqual({
      matched: true,
      asked: 8,
      rejected: 4,
      othersAsked: 1,
      othersAnswered: 1,
    });
  });

  const on = (path: string, response: LoopbackResponse) => (request: LoopbackRequest) =>
    request.method === "POST" && request.url.pathname.includes(path) ? response : undefined;
  it.each<readonly [string, Behaviour["refuses"], unknown]>([
    ["may not be made", on(levels, forbidden("cannot create")), "forbidden"],
    ["may be made, but nothing sorted into it", on(schemas, forbidden("cannot create")), "forbidden"],
    ["is refused as invalid", on(levels, { status: 422, body: statusObject(422, "invalid") }), "server-error"],
    ["is of an API that is not served", on(levels, { status: 404, body: "404 page not found" }), "not-served"],
    ["is nobody's, for there is no token", on("/token", forbidden("cannot create")), "forbidden"],
    ["has no account", on("/serviceaccounts", forbidden("cannot create")), "forbidden"],
  ])("%s", async (_, refuses, expected) => {
    const { fact, left } = await tried({ answer: notSeen, ...(refuses ? { refuses } : {}) });
    expect(fact).toBe(expected);
    expect(left).toEqual([]);
  });
});
