/** A token of the run's own account over HTTPS on loopback: who it makes its bearer, and that it is kept nowhere. */
import { describe, expect, it } from "vitest";
import { actingOver } from "../../support/acting.ts";
import { connectedLoopback } from "../../support/connected-loopback.ts";
import { gatherOver, paths, served } from "../../support/gathering.ts";
import { type LoopbackResponse, statusObject } from "../../support/loopback-response.ts";
import { objectStore } from "../../support/object-store.ts";

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const tokenOf = (claims: object) => `${part({ alg: "RS256" })}.${part(claims)}.c2lnbmF0dXJl`;
const bound = tokenOf({ sub: "x", "kubernetes.io": { namespace: "n" } });
const issued = (token: unknown): LoopbackResponse => ({ status: 201, body: { status: { token } } });
const reviewPath = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
const who = (username: string): LoopbackResponse => ({ status: 201, body: { status: { userInfo: { username } } } });
const refused = (code: number, message: string): LoopbackResponse => ({
  status: code,
  body: statusObject(code, message),
});

async function tried(token: LoopbackResponse, review: (namespace: string) => LoopbackResponse) {
  const store = objectStore();
  let namespace = "";
  store.before = ({ method, url, headers }) => {
    if (url.pathname === paths.version) return { body: served("v1.37.2") };
    if (method !== "POST") return undefined;
    const account = /^\/api\/v1\/namespaces\/([^/]+)\/serviceaccounts\/default\/token$/.exec(url.pathname)?.[1];
    if (account !== undefined) namespace = account;
    if (account !== undefined) return token;
    if (url.pathname !== reviewPath) return undefined;
    return headers.authorization === `Bearer ${bound}` ? review(namespace) : refused(401, "Unauthorized");
  };
  const { connection } = await connectedLoopback(store.handler);
  const { reader, asker, requests } = connection;
  const { actor } = actingOver(connection);
  const { gathering } = await gatherOver({ reader, asker, requests, actor }, ["kube/account-token"], {}, "active");
  expect(JSON.stringify(gathering), "the token is kept nowhere").not.toContain(bound);
  const fact = gathering.items["kube/account-token"];
  return fact?.status === "collected" ? fact.value : fact?.reason;
}

const itself = (namespace: string) => who(`system:serviceaccount:${namespace}:default`);

describe("a token of the run's own account", () => {
  it.each<readonly [string, LoopbackResponse, (namespace: string) => LoopbackResponse, unknown]>([
    ["makes its bearer that account", issued(bound), itself, { bound: true, accepted: true }],
    ["makes its bearer somebody else", issued(bound), () => who("system:anonymous"), { bound: true, accepted: false }],
    ["is not taken", issued(bound), () => refused(401, "Unauthorized"), { bound: true, accepted: false }],
    [
      "is of a cluster without reviews of oneself",
      issued(bound),
      () => ({ status: 404, body: "404 page not found" }),
      { bound: true, accepted: null },
    ],
    ["is reviewed without an answer", issued(bound), () => ({ status: 201, body: {} }), "malformed"],
    ["is none", issued("hello"), itself, "malformed"],
    ["is no text", issued(7), itself, "malformed"],
    [
      "may not be asked for",
      refused(403, 'User "u" cannot create resource "serviceaccounts/token"'),
      itself,
      "forbidden",
    ],
  ])("%s", async (_, token, review, expected) => {
    expect(await tried(token, review)).toEqual(expected);
  });
});
