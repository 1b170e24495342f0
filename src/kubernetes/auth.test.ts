import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createCertificateAuthority } from "../../tests/support/certificates.ts";
import { openerTo } from "../../tests/support/connected-loopback.ts";
import { unauthorized } from "../../tests/support/kubernetes-routes.ts";
import {
  type LoopbackHandler,
  type LoopbackOptions,
  startLoopbackServer,
} from "../../tests/support/loopback-server.ts";
import { type ConnectOptions, connect } from "./connect.ts";

/** The loopback server with another user in its kubeconfig; `FOLDER` in it stands for the server's folder. */
async function withUser(
  user: string,
  handler: LoopbackHandler,
  server: LoopbackOptions = {},
  options: ConnectOptions = {},
) {
  const loopback = await startLoopbackServer(handler, server);
  onTestFinished(() => loopback.close());
  const text = loopback.kubeconfig.replace("token: loopback-token", user.replaceAll("FOLDER", loopback.folder));
  writeFileSync(loopback.kubeconfigFile, text);
  return { loopback, open: openerTo(loopback, options) };
}

const echo: LoopbackHandler = ({ headers }) => ({ body: { ...headers } });

describe("credentials", () => {
  it("sends a user name and password", async () => {
    const { open } = await withUser("{username: alice, password: secret}", echo);
    const connection = await open();
    const authorization = `Basic ${Buffer.from("alice:secret").toString("base64")}`;
    expect(await connection.reader.json("/x")).toMatchObject({ ok: true, value: { authorization } });
    expect(connection.confidential).toEqual(expect.arrayContaining(["alice", "secret", "127.0.0.1"]));
  });

  it("impersonates as the kubeconfig says", async () => {
    const { open, loopback } = await withUser(
      "{token: t, as: bob, as-groups: [g1, g2], as-uid: '7', as-user-extra: {example.org/scope: [a]}}",
      echo,
    );
    await (await open()).reader.json("/x");
    expect(loopback.requests[0]?.headers).toMatchObject({
      "impersonate-user": "bob",
      "impersonate-group": "g1, g2",
      "impersonate-uid": "7",
      "impersonate-extra-example.org%2fscope": "a",
    });
    await (await open()).reader.json("/x", { anonymous: true });
    expect(loopback.requests[1]?.headers["impersonate-user"]).toBeUndefined();
  });

  it("reads a token file for every request, relative to the kubeconfig, and before a token in place", async () => {
    const { loopback, open } = await withUser("{tokenFile: token.txt, token: old}", echo);
    writeFileSync(join(loopback.folder, "token.txt"), "first\n");
    const { reader, confidential } = await open();
    expect(await reader.json("/x")).toMatchObject({ value: { authorization: "Bearer first" } });
    writeFileSync(join(loopback.folder, "token.txt"), "second");
    expect(await reader.json("/x")).toMatchObject({ value: { authorization: "Bearer second" } });
    expect(confidential).toEqual(expect.arrayContaining(["first", "second"]));
    writeFileSync(join(loopback.folder, "token.txt"), "");
    expect(await reader.json("/x")).toMatchObject({ ok: false, reason: "unauthorized" });
  });

  it("asks again with a fresh token after a 401, once", async () => {
    const { loopback, open } = await withUser("{tokenFile: token.txt}", ({ headers }) => {
      if (headers.authorization === "Bearer new") return { body: "ok" };
      writeFileSync(join(loopback.folder, "token.txt"), "new");
      return unauthorized;
    });
    writeFileSync(join(loopback.folder, "token.txt"), "old");
    expect(await (await open()).reader.get("/x")).toMatchObject({ ok: true, value: { body: "ok" } });
    const never = await withUser("{tokenFile: token.txt}", () => unauthorized);
    writeFileSync(join(never.loopback.folder, "token.txt"), "old");
    expect(await (await never.open()).reader.get("/x")).toMatchObject({ ok: false, reason: "unauthorized" });
    expect(never.loopback.requests).toHaveLength(2);
  });

  it("is a pod in its own cluster", async () => {
    const loopback = await startLoopbackServer(echo);
    onTestFinished(() => loopback.close());
    writeFileSync(join(loopback.folder, "token"), "pod-token");
    writeFileSync(join(loopback.folder, "ca.crt"), loopback.caPem);
    const environment = { KUBERNETES_SERVICE_HOST: "127.0.0.1", KUBERNETES_SERVICE_PORT: String(loopback.port) };
    const connection = await connect({ environment, home: loopback.folder, serviceAccountFolder: loopback.folder });
    onTestFinished(() => connection.close());
    expect(await connection.reader.json("/x")).toMatchObject({ value: { authorization: "Bearer pod-token" } });
  });

  it("sends an unexpired OIDC id token, and says so when it has ended", async () => {
    const jwt = (exp: number) => ["e30", Buffer.from(JSON.stringify({ exp })).toString("base64url"), "x"].join(".");
    const user = (token: string) => `{auth-provider: {name: oidc, config: {id-token: ${token}}}}`;
    const good = jwt(4_000_000_000);
    const { open } = await withUser(user(good), echo);
    expect(await (await open()).reader.json("/x")).toMatchObject({ value: { authorization: `Bearer ${good}` } });
    const ended = await withUser(user(jwt(1_000_000_000)), echo);
    await expect(ended.open()).rejects.toThrow("login of the kubeconfig's oidc user has ended and cannot be renewed");
  });
});

const pem = (text: string) => Buffer.from(text).toString("base64");
const one = await createCertificateAuthority();
const pair = await one.issue({ commonName: "a" });

describe("faults of a user entry", () => {
  it.each([
    ["{auth-provider: {name: gcp}}", /auth provider "gcp", which Kubernetes 1.26 removed/],
    ["{auth-provider: {name: oidc}}", /has no `id-token`/],
    ["{tokenFile: nothing}", /token file cannot be read/],
    ['{token: t, as: "a\\nb"}', /characters that no header can carry/],
    ['{auth-provider: {name: oidc, config: {id-token: "a b"}}}', /has no `id-token`/],
    ['{token: "two words"}', /`token` has characters no token has/],
    [`{client-certificate-data: ${pem(pair.pem)}}`, /only one of/],
    [`{client-certificate-data: ${pem(pair.pem)}, client-key-data: ${pem(one.keyPem)}}`, /do not fit together/],
    [
      "{client-certificate: a.pem, client-key: b.pem}",
      /a\.pem: the kubeconfig's user names this file as `client-certificate`/,
    ],
  ])("%s", async (user, message) => {
    const { open } = await withUser(user, echo);
    await expect(open()).rejects.toThrow(message);
  });
});
