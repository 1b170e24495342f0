import type { PeerCertificate } from "node:tls";
import { describe, expect, it } from "vitest";
import { checkIdentity } from "./server-identity.ts";

const certificate = (subjectaltname: string) =>
  ({ subjectaltname, subject: { CN: "x" } }) as unknown as PeerCertificate;

describe("checkIdentity", () => {
  it.each([
    ["::1", "IP Address:0:0:0:0:0:0:0:1", true],
    ["fd00:0:0:0:0:0:0:10", "DNS:kubernetes, IP Address:FD00:0:0:0:0:0:0:10", true],
    ["fd00::10", "IP Address:fd00::11", false],
    ["fd00::10", "DNS:fd00::10", false],
    ["fd00::10", 'DNS:"x, IP Address:fd00::10"', false],
    ["fd00::10", "", false],
    ["10.0.0.1", "IP Address:10.0.0.1", true],
    ["10.0.0.1", "IP Address:10.0.0.2", false],
    ["api.example.test", "DNS:*.example.test", true],
    ["api.example.test", "DNS:example.test", false],
  ])("%s against %s is %s", (host, names, good) => {
    const error = checkIdentity(host, certificate(names));
    expect(error === undefined).toBe(good);
    if (error !== undefined) expect(error).toMatchObject({ code: "ERR_TLS_CERT_ALTNAME_INVALID" });
  });
});
