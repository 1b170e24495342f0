import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createCertificateAuthority } from "../../tests/support/certificates.ts";
import { connectedLoopback } from "../../tests/support/connected-loopback.ts";

const other = await createCertificateAuthority("somebody-else");
const soon = { notBefore: new Date("2020-01-01T00:00:00Z"), notAfter: new Date("2021-01-01T00:00:00Z") };
const names = ["localhost", "127.0.0.1", "::1"];
const foreign = await other.issue({ commonName: "loopback-server", names });

describe("handshake", () => {
  it.each([
    ["127.0.0.1", "IPv4"],
    ["::1", "IPv6"],
  ] as const)("brings the served chain, leaf first, over %s", async (address, family) => {
    const { reader, loopback } = await connectedLoopback(() => ({ body: "ok" }), { address });
    const peer = await reader.handshake();
    expect(peer).toMatchObject({ ok: true, value: { family, trusted: true } });
    const subjects = peer.ok ? peer.value.chain.map((der) => new X509Certificate(der).subject) : [];
    expect(subjects).toEqual(["CN=loopback-server"]);
    expect(loopback.requests).toHaveLength(0);
  });

  it.each([
    ["signed by somebody else", foreign, "is not signed by"],
    ["for another name", undefined, "is for another name or address"],
  ] as const)(
    "says that a certificate %s is not trusted, and reads nothing over it",
    async (_, certificate, message) => {
      const wrong = certificate ?? (await other.issue({ commonName: "x", names: ["10.9.9.9", "fd00::9"] }));
      for (const address of ["127.0.0.1", "::1"] as const) {
        const { reader, loopback } = await connectedLoopback(() => ({ body: "ok" }), {
          address,
          certificate: wrong,
          ...(certificate === undefined ? { authority: other } : {}),
        });
        expect(await reader.handshake()).toMatchObject({ ok: true, value: { trusted: false } });
        expect(await reader.get("/version")).toMatchObject({
          ok: false,
          reason: "tls",
          message: expect.stringContaining(message),
        });
        expect(loopback.requests).toHaveLength(0);
      }
    },
  );

  it("names an expired certificate", async () => {
    const certificate = await other.issue({ commonName: "loopback-server", names, ...soon });
    const { reader } = await connectedLoopback(() => ({ body: "ok" }), { certificate, authority: other });
    expect(await reader.get("/version")).toEqual({
      ok: false,
      reason: "tls",
      message: "the API server's certificate has expired",
    });
    expect(await reader.handshake()).toMatchObject({ ok: true, value: { trusted: false } });
  });

  it("shows the certificates that the kubeconfig holds", async () => {
    const { reader, loopback } = await connectedLoopback(() => ({ body: "ok" }), { clientCertificates: true });
    expect(reader.credentials.certificateAuthority).toBe(loopback.caPem);
    expect(new X509Certificate(reader.credentials.clientCertificate ?? "").subject).toBe(
      "O=loopback-group\nCN=loopback-user",
    );
  });

  it.each([
    ["127.0.0.1", "IPv4", "IPv6"],
    ["::1", "IPv6", "IPv4"],
  ] as const)("of an address %s has nothing to connect to over the other family", async (address, own, other) => {
    const { reader } = await connectedLoopback(() => ({ body: "ok" }), { address });
    expect(await reader.handshake({ family: own })).toMatchObject({ ok: true, value: { family: own } });
    expect(await reader.handshake({ family: other })).toEqual({
      ok: false,
      reason: "not-found",
      message: `the API server has no ${other} address that is known here`,
    });
  });

  it("times out on a server that never finishes TLS", async () => {
    const { reader } = await connectedLoopback(
      () => undefined,
      { neverTls: true },
      { requestTimeoutMilliseconds: 100 },
    );
    expect(await reader.handshake()).toMatchObject({ ok: false, reason: "timeout" });
  });
});
