import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createCertificateAuthority } from "../../tests/support/certificates.ts";
import { startLoopbackServer } from "../../tests/support/loopback-server.ts";
import { scratchFolder } from "../../tests/support/scratch.ts";
import { connect } from "./connect.ts";
import { endpointOf, familyOf } from "./endpoint.ts";

const at = (server: string) => endpointOf({ name: "c", folder: ".", value: { server } }, {});

describe("endpointOf", () => {
  it.each([
    ["https://api.example.test:6443", "api.example.test", 6443, "", "name"],
    ["https://api.example.test", "api.example.test", 443, "", "name"],
    ["https://api.example.test/", "api.example.test", 443, "", "name"],
    ["https://api.example.test/k8s/clusters/c-1//", "api.example.test", 443, "/k8s/clusters/c-1", "name"],
    ["https://10.0.0.1:6443", "10.0.0.1", 6443, "", "IPv4"],
    ["https://[fd00::1]:6443/", "fd00::1", 6443, "", "IPv6"],
    ["api.example.test:6443", "api.example.test", 6443, "", "name"],
    ["http://localhost:8080", "localhost", 8080, "", "name"],
  ])("%s", (server, host, port, prefix, family) => {
    const endpoint = at(server);
    expect(endpoint).toMatchObject({ host, port, prefix, secure: !server.startsWith("http:"), verify: true });
    expect(familyOf(endpoint)).toBe(family);
  });
});

async function opened(kubeconfig: string) {
  const connection = await connect({ kubeconfig, environment: {} });
  onTestFinished(() => connection.close());
  return connection.reader;
}

describe("unusual servers", () => {
  it("reads from one that may not be verified only when the kubeconfig says so, and never calls it trusted", async () => {
    const authority = await createCertificateAuthority("somebody-else");
    const certificate = await authority.issue({ commonName: "x", names: ["elsewhere.test"] });
    const loopback = await startLoopbackServer(() => ({ body: "ok" }), { certificate });
    onTestFinished(() => loopback.close());
    expect(await (await opened(loopback.kubeconfigFile)).get("/version")).toMatchObject({ ok: false, reason: "tls" });
    const skipping = loopback.kubeconfig.replace("server:", "insecure-skip-tls-verify: true\n      server:");
    writeFileSync(loopback.kubeconfigFile, skipping);
    const reader = await opened(loopback.kubeconfigFile);
    expect(await reader.get("/version")).toMatchObject({ ok: true, value: { body: "ok" } });
    expect(await reader.handshake()).toMatchObject({ ok: true, value: { trusted: false } });
  });

  it("reads from a plain http one on loopback, such as kubectl proxy, which has no certificate to show", async () => {
    const server = createServer((_, response) => response.end("ok"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const kubeconfig = join(scratchFolder(), "kubeconfig");
    const clusters = [{ name: "c", cluster: { server: `http://127.0.0.1:${port}/` } }];
    const contexts = [{ name: "c", context: { cluster: "c" } }];
    writeFileSync(kubeconfig, JSON.stringify({ clusters, contexts, "current-context": "c" }));
    const reader = await opened(kubeconfig);
    expect(await reader.get("/version")).toMatchObject({ ok: true, value: { body: "ok" } });
    expect(await reader.handshake()).toMatchObject({ ok: false, reason: "not-served" });
  });
});
