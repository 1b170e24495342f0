/** Clusters that show nothing, or not enough: no pass for what was not seen, exit 2, an end in bounded time. */
import { describe, expect, it } from "vitest";
import { run } from "../support/command.ts";
import { cluster, releaseFile } from "../support/command-cluster.ts";
import { paths, recorded, served } from "../support/gathering.ts";
import { forbidden, kubernetesRoutes, unauthorized } from "../support/kubernetes-routes.ts";
import { type LoopbackHandler, startLoopbackServer } from "../support/loopback-server.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

async function looked(kubeconfig: string) {
  const cwd = scratchFolder();
  const started = performance.now();
  const limits = ["--request-timeout", "300ms", "--data", releaseFile()];
  const ended = await run(["check", "--kubeconfig", kubeconfig, "-o", "out", "--strict", ...limits], { cwd });
  return { ...ended, ...left(cwd, "out"), seconds: (performance.now() - started) / 1000 };
}

const passes = (outcomes: { readonly [requirement: string]: string }) =>
  Object.entries(outcomes).flatMap(([id, outcome]) => (/^(pass|not-applicable)$/.test(outcome) ? [id] : []));

describe("a cluster that", () => {
  it.each<[string, LoopbackHandler, string]>([
    ["takes requests and never answers", () => ({ fault: "hang-after-accept" }), "timeout"],
    ["answers half and stops", () => ({ body: served("v1.37.2"), fault: "hang-after-headers" }), "timeout"],
    ["breaks every connection", () => ({ fault: "reset" }), "unreachable"],
    ["knows nobody", () => unauthorized, "unauthorized"],
    ["says 500 to all", () => ({ status: 500, body: "no" }), "server-error"],
    ["forbids all", () => forbidden(), "forbidden"],
    ["answers all with nonsense", () => ({ body: "<html>Welcome</html>" }), "malformed"],
  ])("%s passes nothing", async (_, handler, reason) => {
    const server = await cluster(handler);
    const { code, outcomes, report, evidence, seconds, stdout } = await looked(server.kubeconfigFile);
    expect(code).toBe(2);
    expect(passes(outcomes)).toEqual([]);
    expect(Object.values(outcomes)).not.toContain("fail");
    expect(["MISS", "DNF"]).toContain(report.verdict);
    expect(report).toMatchObject({
      subject: "unidentified-cluster",
      cluster: { uid: null, version: null, nodes: null },
    });
    expect(evidence.facts.gathering.items["kube/version"]).toMatchObject({ reason });
    expect(stdout).not.toContain("✓");
    expect(seconds).toBeLessThan(30);
  });

  it.each<[string, boolean]>([
    ["accepts connections and never says a word of TLS", true],
    ["is not there: the port is closed", false],
  ])("%s passes nothing", async (_, open) => {
    const server = await startLoopbackServer(() => undefined, { neverTls: true });
    if (!open) await server.close();
    const kubeconfig = `${scratchFolder()}/kubeconfig`;
    const { writeFileSync } = await import("node:fs");
    writeFileSync(kubeconfig, server.kubeconfig);
    const { code, outcomes } = await looked(kubeconfig);
    if (open) await server.close();
    expect(code).toBe(2);
    expect(passes(outcomes)).toEqual([]);
  });

  it("lets a ServiceAccount without rights see its version alone passes what the version shows, no more", async () => {
    const server = await cluster(({ url }) =>
      url.pathname === paths.version ? { body: served("v1.37.2") } : forbidden(),
    );
    const { code, outcomes } = await looked(server.kubeconfigFile);
    expect(code).toBe(2);
    expect(passes(outcomes)).toEqual([
      "scs-0210-v2/patch-recency",
      "scs-0210-v2/critical-patch-recency",
      "scs-0210-v2/critical-patch-recommended",
      "scs-0210-v2/unsupported-branch",
    ]);
  });

  it("is empty has no spread, no labels and no storage that could pass", async () => {
    const empty = [
      paths.nodes,
      paths.pods,
      paths.leases,
      paths.storageClasses,
      paths.ingressClasses,
      paths.customResources,
    ];
    const lists = Object.fromEntries(empty.map((path) => [path, []]));
    const server = await cluster(kubernetesRoutes({ ...lists, [paths.version]: served("v1.37.2") }));
    const { code, outcomes } = await looked(server.kubeconfigFile);
    expect(code).toBe(2);
    expect(passes(outcomes).filter((id) => !id.startsWith("scs-0210"))).toEqual([]);
  });

  it("hides its control plane passes nothing that only a control plane shows", async () => {
    const server = await cluster(
      kubernetesRoutes({ [paths.version]: served("v1.37.2-gke.100"), [paths.nodes]: recorded("gke", "nodes.json") }),
    );
    const { code, outcomes, report } = await looked(server.kubeconfigFile);
    expect(code).toBe(2);
    expect(report.cluster.platform).toBe("managed");
    const hidden = /^scs-0214-v2\/control-plane|^scs-0215/;
    expect(passes(outcomes).filter((id) => hidden.test(id))).toEqual([]);
    expect(outcomes["scs-0214-v2/control-plane-hosts"]).toBe("undetermined");
  });
});

describe("gather from a cluster that", () => {
  it.each<[string, LoopbackHandler, number]>([
    ["is silent", () => ({ fault: "hang-after-accept" }), 2],
    ["shows one fact", ({ url }) => (url.pathname === paths.version ? { body: served("v1.37.2") } : undefined), 0],
  ])("%s says how much it showed", async (_, handler, code) => {
    const server = await cluster(handler);
    const args = ["gather", "--kubeconfig", server.kubeconfigFile, "-o", "e.json", "--request-timeout", "300ms"];
    const ended = await run(args);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(/^Wrote e\.json: the cluster showed \d+ of \d+ facts, sha256 [0-9a-f]{64}\.$/m);
  });
});
