import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createCertificateAuthority } from "../../tests/support/certificates.ts";
import type { Redactor } from "../model/probe.ts";
import { certificateRecord, isIssuedBy, parseBundle, recordsOf } from "./certificate-record.ts";

const redactor: Redactor = { pseudonym: (kind, value) => `${kind}-${value.length}`, original: () => undefined };
const authority = await createCertificateAuthority("kubernetes");
const impostor = await createCertificateAuthority("kubernetes");
const leaf = await authority.issue({
  commonName: "kube-apiserver",
  names: ["kubernetes", "kubernetes.default", "10.96.0.1", "fd00::1"],
});
const of = (certificate: { pem: string }) => new X509Certificate(certificate.pem);

describe("certificateRecord", () => {
  it("keeps dates, kinds and counts, no names", () => {
    const record = certificateRecord(of(leaf), redactor);
    expect(record).toMatchObject({
      selfSigned: false,
      ca: false,
      keyType: "ec-prime256v1",
      dnsNames: 2,
      addressFamilies: ["IPv4", "IPv6"],
    });
    expect(record?.notBefore).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(JSON.stringify(record)).not.toMatch(/kube|10\.96/);
    expect(certificateRecord(of(authority), redactor)).toMatchObject({ selfSigned: true, ca: true, dnsNames: 0 });
  });

  it("takes dates that no instant can hold for unreadable", async () => {
    const forever = await authority.issue({ commonName: "x", notAfter: new Date("9999-12-31T23:59:59Z") });
    expect(certificateRecord(of(forever), redactor)?.notAfter).toBe("9999-12-31T23:59:59Z");
  });
});

describe("parseBundle", () => {
  const broken = leaf.pem.replace(/[A-Za-z0-9]{20}/, "A");

  it.each<[string, unknown, number | undefined]>([
    ["one", leaf.pem, 1],
    ["two with text between", `# first\n${leaf.pem}\n# second\n${authority.pem}`, 2],
    ["none", "no certificate", undefined],
    ["no text", 7, undefined],
    ["a key", leaf.keyPem, undefined],
    ["one that is damaged", `${authority.pem}${broken}`, undefined],
    ["an empty block", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----", undefined],
    ["more than a mebibyte", leaf.pem.repeat(3000), undefined],
  ])("%s", (_, pem, count) => {
    expect(parseBundle(pem)?.length).toBe(count);
  });

  it("gives records of all or none", () => {
    expect(recordsOf(parseBundle(leaf.pem + authority.pem), redactor)).toHaveLength(2);
    expect(recordsOf(undefined, redactor)).toBeUndefined();
  });
});

describe("isIssuedBy", () => {
  it.each<[string, boolean, X509Certificate[], X509Certificate[]]>([
    ["its own authority", true, [of(leaf)], [of(authority)]],
    ["one of several", true, [of(leaf)], [of(impostor), of(authority)]],
    ["another authority of the same name", false, [of(leaf)], [of(impostor)]],
    ["the authority that is sent along", true, [of(leaf), of(authority)], [of(authority)]],
    ["an authority sent along that is none of the cluster's", false, [of(leaf), of(authority)], [of(impostor)]],
    ["a chain that does not hang together", false, [of(leaf), of(impostor)], [of(impostor)]],
    ["nobody", false, [of(leaf)], []],
  ])("%s: %s", (_, expected, chain, authorities) => {
    expect(isIssuedBy(chain, authorities)).toBe(expected);
  });
});
