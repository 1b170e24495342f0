import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
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
import type { ConnectOptions } from "./connect.ts";

const apiVersion = "client.authentication.k8s.io/v1";

/** A kubeconfig whose user runs a small Node script beside it; `runs()` counts the lines it wrote. */
async function withPlugin(
  script: string,
  handler: LoopbackHandler,
  exec: object = {},
  options: ConnectOptions = {},
  server: LoopbackOptions = {},
) {
  const loopback = await startLoopbackServer(handler, server);
  onTestFinished(() => loopback.close());
  const log = join(loopback.folder, "runs");
  const head = `#!${process.execPath}
const { appendFileSync } = require("node:fs");
appendFileSync(${JSON.stringify(log)}, (process.env.KUBERNETES_EXEC_INFO ?? "") + "\\n");
const give = (status, extra) => console.log(JSON.stringify({ kind: "ExecCredential", apiVersion: "${apiVersion}", status, ...extra }));
`;
  const plugin = join(loopback.folder, "plugin.cjs");
  writeFileSync(plugin, head + script);
  chmodSync(plugin, 0o755);
  const user = JSON.stringify({ exec: { apiVersion, command: "./plugin.cjs", ...exec } });
  writeFileSync(
    loopback.kubeconfigFile,
    loopback.kubeconfig.replace(
      /user:\n +(token: loopback-token|client-certificate-data: [\s\S]*?\n +client-key-data: .*)/,
      `user: ${user}`,
    ),
  );
  const runs = () => (existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : []);
  return { loopback, open: openerTo(loopback, options), runs };
}

const echo: LoopbackHandler = ({ headers, clientName }) => ({ body: { token: headers.authorization, clientName } });

describe("credential plugins", () => {
  it("run once for many requests, with arguments, environment and the path of their kubeconfig", async () => {
    const { open, runs } = await withPlugin(
      'give({ token: [process.env.FLAVOR, ...process.argv.slice(2)].join("-") });',
      echo,
      {
        args: ["a", "b"],
        env: [{ name: "FLAVOR", value: "x" }],
      },
    );
    const { reader, confidential } = await open();
    const readings = await Promise.all([reader.json("/1"), reader.json("/2"), reader.json("/3")]);
    for (const reading of readings) expect(reading).toMatchObject({ ok: true, value: { token: "Bearer x-a-b" } });
    expect(runs()).toEqual([JSON.stringify({ kind: "ExecCredential", apiVersion, spec: { interactive: false } })]);
    expect(confidential).toContain("x-a-b");
  });

  it("are told of the cluster when they ask for it", async () => {
    const { open, runs, loopback } = await withPlugin('give({ token: "t" });', echo, { provideClusterInfo: true });
    await open();
    expect(JSON.parse(runs()[0] ?? "").spec.cluster).toEqual({
      server: loopback.url,
      "certificate-authority-data": pemData(loopback.caPem),
    });
  });

  it("run again when their credentials have ended, and when the server refuses them", async () => {
    const ended = await withPlugin('give({ token: "t", expirationTimestamp: "2020-01-01T00:00:00Z" });', echo);
    const first = await ended.open();
    await first.reader.json("/x");
    expect(ended.runs()).toHaveLength(2);
    const refused = await withPlugin('give({ token: "t" });', ({ attempt }) =>
      attempt === 1 ? unauthorized : { body: "ok" },
    );
    expect(await (await refused.open()).reader.get("/x")).toMatchObject({ ok: true });
    expect(refused.runs()).toHaveLength(2);
  });

  it("may give a client certificate", async () => {
    const authority = await createCertificateAuthority();
    const { pem, keyPem } = await authority.issue({ commonName: "plugin-user" });
    const script = `give(${JSON.stringify({ clientCertificateData: pem, clientKeyData: keyPem })});`;
    const { open } = await withPlugin(script, echo, {}, {}, { clientCertificates: true, authority });
    const { reader } = await open();
    expect(await reader.json("/x")).toMatchObject({ ok: true, value: { clientName: "plugin-user" } });
    expect(await reader.json("/x", { anonymous: true })).toEqual({ ok: true, value: {} });
  });

  it.each([
    ["a failure", 'console.error("the secret"); process.exit(3);', {}, "ended with exit code 3"],
    ["nonsense", 'console.log("hello");', {}, "did not print JSON"],
    [
      "another version",
      'give({ token: "t" }, { apiVersion: "client.authentication.k8s.io/v1beta1" });',
      {},
      "did not print an ExecCredential of",
    ],
    ["no credentials", "give({});", {}, "gave neither a token nor a certificate"],
    ["half a certificate", 'give({ clientCertificateData: "x" });', {}, "gave neither a token nor a certificate"],
    [
      "a broken certificate",
      'give({ clientCertificateData: "x", clientKeyData: "y" });',
      {},
      "a certificate and a key that do not fit",
    ],
    ["a token that is a header", 'give({ token: "a\\r\\nx: y" });', {}, "characters no token has"],
    ["too much", 'console.log("x".repeat(2_000_000));', {}, "printed more than 1 MiB"],
    ["no end", "setTimeout(() => undefined, 60_000);", {}, "gave no answer in time"],
    ["a command that is not there", "", { command: "no-such-command-anywhere" }, "cannot be started"],
    ["an impossible command", "", { command: "a\u0000b" }, "cannot be started"],
    ["no command", "", { command: "" }, "names no command"],
    ["an old version", "", { apiVersion: "client.authentication.k8s.io/v1alpha1" }, "an apiVersion other than"],
    ["a terminal", "", { interactiveMode: "Always" }, "always needs a terminal"],
  ])("with %s are one clear fault, without their own words", async (_, script, exec, message) => {
    const { open } = await withPlugin(
      script,
      echo,
      exec,
      message.includes("in time") ? { execTimeoutMilliseconds: 200 } : {},
    );
    const outcome = open();
    await expect(outcome).rejects.toMatchObject({ name: "UsageError" });
    await expect(outcome).rejects.toThrow(message);
    await expect(outcome).rejects.not.toThrow("secret");
  });

  it("do not run for a kubeconfig that nobody named", async () => {
    const { open, runs } = await withPlugin('give({ token: "t" });', echo, {}, { execPlugins: "refuse" });
    await expect(open()).rejects.toThrow("only done for a kubeconfig that you name yourself");
    expect(runs()).toEqual([]);
  });
});

function pemData(pem: string): string {
  return Buffer.from(pem).toString("base64");
}
