import { X509Certificate } from "node:crypto";
import type { ServerOptions } from "node:https";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { createCertificateAuthority } from "../../../tests/support/certificates.ts";
import { connectedLoopback } from "../../../tests/support/connected-loopback.ts";
import { statusObject } from "../../../tests/support/loopback-response.ts";
import {
  type Forwards,
  httpListener,
  portForwarder,
  tcpListener,
  tlsListener,
} from "../../../tests/support/port-forwarder.ts";

const at = (port: number) => ({ namespace: "kube-system", pod: "etcd-a", port });

async function reaching(forwards: Forwards, requestTimeoutMilliseconds = 5000) {
  const { connection } = await connectedLoopback(
    () => undefined,
    { upgrade: portForwarder(() => forwards) },
    { requestTimeoutMilliseconds, laterMilliseconds: 1 },
  );
  return connection.listeners;
}

describe("HTTP over a port-forward", () => {
  test("plain: the status and the beginning, line by line where it is long", async () => {
    const metrics = Array.from({ length: 5000 }, (_, index) => `etcd_number{n="${index}"} ${index}`).join("\n");
    const asked: object[] = [];
    const port = await httpListener(({ url, headers }) => {
      asked.push({ url, authorization: headers.authorization });
      return url === "/metrics" ? { body: `${metrics}\n` } : { status: 404, body: "x".repeat(10_000) };
    });
    const listeners = await reaching({ "etcd-a": { 2381: port } });
    const lines: string[] = [];
    expect(await listeners.lines(at(2381), "/metrics", (line) => lines.push(line))).toEqual({
      ok: true,
      value: { lines: 5000 },
    });
    expect(lines.at(-1)).toBe('etcd_number{n="4999"} 4999');
    expect(await listeners.get(at(2381), "/other")).toEqual({
      ok: true,
      value: { status: 404, beginning: "x".repeat(4096) },
    });
    // nobody's credentials go there
    expect(asked).toEqual([
      { url: "/metrics", authorization: undefined },
      { url: "/other", authorization: undefined },
    ]);
  });

  test("in TLS, whoever has signed it", async () => {
    const authority = await createCertificateAuthority();
    const { keyPem, pem } = await authority.issue({ commonName: "somebody", names: ["elsewhere"] });
    const port = await tlsListener({ key: keyPem, cert: pem }, () => ({ status: 401, body: "Unauthorized" }));
    const listeners = await reaching({ "etcd-a": { 10250: port } });
    expect(await listeners.get(at(10250), "/pods", { tls: true })).toEqual({
      ok: true,
      value: { status: 401, beginning: "Unauthorized" },
    });
  });

  test("lines of an answer that is a refusal are not shown", async () => {
    const port = await httpListener(() => ({ status: 503, body: "etcd_number 1\n" }));
    const listeners = await reaching({ "etcd-a": { 2381: port } });
    const lines: string[] = [];
    expect(await listeners.lines(at(2381), "/metrics", (line) => lines.push(line))).toEqual({
      ok: false,
      reason: "server-error",
      message: "port 2381 answered 503",
    });
    expect(lines).toEqual([]);
  });

  test("where nobody listens, whatever is asked", async () => {
    const listeners = await reaching({});
    const nobody = { ok: false, reason: "unreachable", message: "nothing listens on port 2381" };
    expect(await listeners.get(at(2381), "/")).toEqual(nobody);
    expect(await listeners.get(at(2381), "/", { tls: true })).toEqual(nobody);
    expect(await listeners.handshake(at(2381))).toEqual({ ok: true, value: "refused" });
    expect(await listeners.lines(at(2381), "/", () => undefined)).toEqual(nobody);
  });

  test("where somebody else speaks, or nobody does", async () => {
    const hello = await tcpListener("220 hello\r\n");
    const silent = await tcpListener();
    const listeners = await reaching({ "etcd-a": { 1: hello, 2: silent } }, 300);
    expect(await listeners.get(at(1), "/")).toMatchObject({ ok: false, reason: "malformed" });
    expect(await listeners.get(at(2), "/")).toMatchObject({ ok: false, reason: "timeout" });
    expect(await listeners.handshake(at(1))).toEqual({ ok: true, value: "plain" });
    expect(await listeners.handshake(at(2))).toMatchObject({ ok: false, reason: "timeout" });
  });

  test("without the right to it", async () => {
    const body = statusObject(403, 'User "jane" cannot create resource "pods/portforward"');
    const { connection } = await connectedLoopback(() => ({ status: 403, body }));
    const { listeners } = connection;
    expect(await listeners.get(at(1), "/")).toMatchObject({ ok: false, reason: "forbidden" });
    expect(await listeners.handshake(at(1))).toMatchObject({ ok: false, reason: "forbidden" });
    expect(await listeners.lines(at(1), "/", () => undefined)).toMatchObject({ ok: false, reason: "forbidden" });
  });
});

describe("a TLS handshake over a port-forward", () => {
  const rows: readonly [string, ServerOptions, object][] = [
    ["asks for no certificate", {}, { clientCertificate: "not-requested" }],
    [
      "asks for one, and lets in without",
      { requestCert: true, rejectUnauthorized: false },
      { clientCertificate: "requested" },
    ],
    ["lets nobody in without one", { requestCert: true }, { clientCertificate: "required" }],
    ["the same in 1.3 alone", { requestCert: true, minVersion: "TLSv1.3" }, { clientCertificate: "required" }],
    ["the same in 1.2 alone", { requestCert: true, maxVersion: "TLSv1.2" }, { clientCertificate: "required" }],
    ["asks for none, in 1.3 alone", { minVersion: "TLSv1.3" }, { clientCertificate: null }],
    ["asks for no certificate, in 1.2 alone", { maxVersion: "TLSv1.2" }, { clientCertificate: "not-requested" }],
  ];
  for (const [name, options, expected] of rows) {
    test(name, async () => {
      const authority = await createCertificateAuthority();
      const { keyPem, pem } = await authority.issue({ commonName: "etcd", names: ["localhost"] });
      const port = await tlsListener({ key: keyPem, cert: pem + authority.pem, ca: authority.pem, ...options });
      const reading = await (await reaching({ "etcd-a": { 2379: port } })).handshake(at(2379));
      expect(reading).toMatchObject({ ok: true, value: expected });
      const chain = reading.ok && typeof reading.value !== "string" ? reading.value.chain : [];
      expect(chain.map((der) => new X509Certificate(der).subject)[0]).toContain("CN=etcd");
    });
  }

  test("plain HTTP is no TLS", async () => {
    const port = await httpListener(() => ({}));
    expect(await (await reaching({ "etcd-a": { 2379: port } })).handshake(at(2379))).toEqual({
      ok: true,
      value: "plain",
    });
  });
});

describe("a connection from here", () => {
  test("open and refused", async () => {
    const port = await tcpListener();
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
    const address = gone.address();
    const closed = typeof address === "object" && address !== null ? address.port : 0;
    await new Promise<void>((resolve) => gone.close(() => resolve()));
    const listeners = await reaching({});
    expect(await listeners.dial("127.0.0.1", port)).toBe("open");
    expect(await listeners.dial("127.0.0.1", closed)).toBe("refused");
  });

  test("later comes, and not after the end of the run", async () => {
    const { connection } = await connectedLoopback(() => undefined, {}, { laterMilliseconds: 1 });
    expect(await connection.listeners.later()).toBe(true);
    connection.close();
    expect(await connection.listeners.later()).toBe(false);
    expect(await connection.listeners.dial("127.0.0.1", 9)).toBe("not-tried");
  });
});
