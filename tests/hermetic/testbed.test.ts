import { createPrivateKey, X509Certificate } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anyCluster } from "../../testbed/any-cluster.ts";
import { createAuthority, issue } from "../../testbed/certificates.ts";
import { network, overrideFlags } from "../../testbed/options.ts";
import { binarySource, testbedSource } from "../../testbed/source.ts";

describe("certificates of the testbed", () => {
  test("are signed by their authority, for the names and addresses asked for", async () => {
    const authority = await createAuthority("kubernetes");
    const pair = await issue(authority, {
      commonName: "kube-apiserver",
      usages: ["server"],
      dnsNames: ["localhost", "cp-1"],
      addresses: ["127.0.0.1", "::1", "fd00:10:96::1", "2001:db8:1:2:3:4:5:6"],
    });
    const certificate = new X509Certificate(pair.certificate);
    const root = new X509Certificate(authority.certificate);
    expect(root.ca).toBe(true);
    expect(root.verify(root.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.verify(root.publicKey)).toBe(true);
    expect(certificate.checkIssued(root)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(pair.key))).toBe(true);
    expect(certificate.checkHost("cp-1")).toBe("cp-1");
    for (const address of ["127.0.0.1", "::1", "fd00:10:96::1", "2001:db8:1:2:3:4:5:6"]) {
      expect(certificate.checkIP(address)).toBe(address);
    }
    expect(certificate.checkIP("127.0.0.2")).toBeUndefined();
  });

  test.each([
    { notBefore: "2025-03-01T12:00:00Z", days: 30, notAfter: "2025-03-31T12:00:00.000Z" },
    { notBefore: "2049-12-31T00:00:00Z", days: 1, notAfter: "2050-01-01T00:00:00.000Z" },
    { notBefore: "2026-01-01T00:00:00Z", days: 0.5, notAfter: "2026-01-01T12:00:00.000Z" },
  ])("are valid from $notBefore for $days days", async ({ notBefore, days, notAfter }) => {
    const pair = await issue(await createAuthority("ca"), {
      commonName: "jane",
      organizations: ["developers", "system:masters"],
      usages: ["client"],
      notBefore: new Date(notBefore),
      days,
    });
    const certificate = new X509Certificate(pair.certificate);
    expect(certificate.subject).toBe("O=developers\nO=system:masters\nCN=jane");
    expect(new Date(certificate.validFrom)).toEqual(new Date(notBefore));
    expect(new Date(certificate.validTo).toISOString()).toBe(notAfter);
  });
});

describe("where binaries and clusters come from", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "scs-source-"));
    for (const name of ["kube-apiserver", "etcd", "kubectl", "config"]) {
      writeFileSync(path.join(folder, name), "");
      chmodSync(path.join(folder, name), 0o755);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("an existing cluster goes first, but gives no binaries", () => {
    const env = { SCS_TEST_KUBECONFIG: path.join(folder, "config"), KUBEBUILDER_ASSETS: folder };
    expect(testbedSource(env)).toEqual({ kind: "cluster", kubeconfig: path.join(folder, "config") });
    expect(binarySource(env)).toEqual({ kind: "assets", folder });
  });

  test("tests without wishes take the existing cluster as it is", async () => {
    const kubeconfig = path.join(folder, "config");
    expect(await anyCluster({ SCS_TEST_KUBECONFIG: kubeconfig })).toMatchObject({ kubeconfig, ours: false });
    await expect(anyCluster({ SCS_TESTBED_CACHE: path.join(folder, "empty") })).rejects.toThrow(/npm run testbed/);
  });

  test("a kubeconfig that is not there is said, not passed over", () => {
    const env = { SCS_TEST_KUBECONFIG: path.join(folder, "no-such-file"), KUBEBUILDER_ASSETS: folder };
    expect(testbedSource(env)).toMatchObject({ kind: "none", because: expect.stringContaining("does not exist") });
  });

  test("assets have to be complete", () => {
    const because = expect.stringContaining("lacks kube-apiserver, etcd, kubectl");
    expect(binarySource({ KUBEBUILDER_ASSETS: path.join(folder, "empty") })).toMatchObject({ kind: "none", because });
  });

  test("without anything it says what to run", () => {
    const because = expect.stringContaining("npm run testbed");
    expect(binarySource({ SCS_TESTBED_CACHE: path.join(folder, "empty") })).toMatchObject({ kind: "none", because });
  });
});

test("an extra flag replaces the default of the same name", () => {
  expect(overrideFlags(["--a=1", "--list=x", "--ab=2"], ["--list=y", "--a=3"])).toEqual([
    "--ab=2",
    "--list=y",
    "--a=3",
  ]);
});

test("machines have addresses of their own", () => {
  const all = Array.from({ length: 5000 }, (_, index) => network.machine(index + 1));
  expect(new Set(all.map(({ v4 }) => v4)).size).toBe(5000);
  expect(new Set(all.map(({ v6 }) => v6)).size).toBe(5000);
});
