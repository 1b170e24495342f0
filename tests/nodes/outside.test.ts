/** What of a cluster is seen from outside its nodes' network, load balancers and ports, and what a run there makes of it. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instantAt } from "../../src/model/instant.ts";
import type { Result } from "../../src/model/report.ts";
import type { RealNodesOptions } from "../../testbed/real-nodes/options.ts";
import { type RealNodes, realNodes } from "../../testbed/real-nodes/real-nodes.ts";
import { type CheckedCluster, checkCluster } from "../support/cluster-check.ts";
import { run } from "../support/command.ts";
import { httpByBash } from "../support/http-by-bash.ts";
import { startPod } from "../support/node-pods.ts";
import { type Outsider, outsider } from "../support/outsider.ts";
import { scratchFolder } from "../support/scratch.ts";

const small = { workers: 1, storage: "none", policy: false } as const satisfies RealNodesOptions;
const ports = "scs-0217-v1/ports-closed";

/** Load balancers and Ingresses tried by the run. */
async function published(cluster: RealNodes): Promise<CheckedCluster> {
  const checked = await checkCluster(await cluster.kubeconfig(), {
    selection: {
      only: [
        "draft-load-balancer-v1/service-works",
        "scs-0219-v1/ingress-controller",
        "proposed-ipv6-v1/load-balancer",
      ],
      tier: "system",
      includeProposed: true,
    },
    acting: { image: "nodes", stateFolder: path.join(cluster.folder, "ledgers") },
    at: instantAt(Date.now()),
    timeout: 600_000,
    requestTimeout: 60_000,
  });
  expect(checked.gathering.cleanup).toMatchObject({ left: 0 });
  return checked;
}

describe("a cluster with global addresses that publishes Services", () => {
  let cluster: RealNodes;
  let outside: Outsider;
  beforeAll(async () => {
    cluster = await realNodes({ ...small, reach: "global", publishing: "announced" });
    outside = await outsider(cluster);
  });
  afterAll(async () => {
    outside?.stop();
    await cluster?.stop();
  });

  test("a load balancer's address leads to its pods, also for who is outside", async () => {
    await startPod(cluster, "default", { name: "served", node: "worker-1" });
    const spec = { type: "LoadBalancer", selector: { app: "served" }, ports: [{ port: 80, targetPort: 8080 }] };
    await cluster.apply(JSON.stringify({ apiVersion: "v1", kind: "Service", metadata: { name: "served" }, spec }));
    const { v4 } = cluster.plan.bridge.published(1);
    const ask = httpByBash(v4, 80, "/hostname");
    await expect.poll(() => outside.run(ask), { timeout: 30_000 }).toMatch(/\r\n\r\nserved$/);
    await cluster.kubectl(["delete", "service", "served", "--wait"]);
  });

  test("load balancers and Ingresses of the run get addresses that answer, of both families, and go", async () => {
    const checked = await published(cluster);
    const global = (...families: readonly string[]) => families.map((family) => ({ family, scope: "global" }));
    expect(checked.value("kube/load-balancer-trial")).toMatchObject({
      addresses: global("IPv4"),
      answer: "allowed",
      dualStack: { addresses: global("IPv4", "IPv6") },
      removed: true,
    });
    expect(checked.value("kube/ingress-trial")).toMatchObject({
      className: "testbed",
      addresses: global("IPv4", "IPv6"),
      answer: "allowed",
    });
    expect(checked.outcomes).toEqual({
      "draft-load-balancer-v1/service-works": "pass",
      "scs-0219-v1/ingress-controller": "pass",
      "proposed-ipv6-v1/load-balancer": "pass",
    });
  });

  /** Result of a run by the command, for a scope that says whether its runs are made outside. */
  async function judged(
    runsFromOutside: boolean,
    enter: readonly string[],
  ): Promise<{ code: number | null; result: Result }> {
    const cwd = scratchFolder();
    mkdirSync(path.join(cwd, "state"));
    writeFileSync(path.join(cwd, "scope.yaml"), scopeFile(runsFromOutside));
    const words = ["check", "--kubeconfig", await cluster.kubeconfig(), "--tier", "system", "--only", ports];
    const { code, stderr } = await run([...words, "--scope", "scope.yaml", "-o", "out"], {
      cwd,
      enter,
      env: { XDG_STATE_HOME: path.join(cwd, "state") },
    });
    const report = JSON.parse(readFileSync(path.join(cwd, "out", "report.json"), "utf8")) as { results: Result[] };
    const result = report.results.find(({ requirement }) => requirement === ports);
    if (result === undefined) throw new Error(`not judged: ${stderr}`);
    return { code, result };
  }

  test("ports that answer outside are named, and fail where the scope's runs are made there", async () => {
    const { code, result } = await judged(true, outside.enter);
    expect(result).toMatchObject({
      outcome: "fail",
      observed: { signsOfInside: [], ranWith: ["IPv4 global", "IPv6 global"] },
    });
    const named = result.findings.map(({ subject, actual }) => `${subject.name} ${String(actual).split(" ")[0]}`);
    expect(new Set(named)).toEqual(
      new Set(["cp-1 2379", "cp-1 2380", "cp-1 10250", "worker-1 10250", "cp-1 10256", "worker-1 10256"]),
    );
    expect(code).toBe(1);
    expect((await judged(false, outside.enter)).result).toMatchObject({ outcome: "undetermined" });
  });

  test("the same from the nodes' own network decides nothing", async () => {
    const { result } = await judged(true, []);
    expect(result).toMatchObject({ outcome: "undetermined", observed: { signsOfInside: ["own-network"] } });
  });

  test("ports that a firewall closes are silent, which does not pass", async () => {
    const [v4, v6] = outside.addresses;
    const rule = (source: string) => `${source} tcp dport != { 6443, 30000-32767 } drop;`;
    const rules = `table inet outside { chain input { type filter hook input priority -5; ${rule(`ip saddr ${v4}`)} ${rule(`ip6 saddr ${v6}`)} }; }`;
    for (const node of cluster.nodes) await node.run(["nft", rules]);
    const { result } = await judged(true, outside.enter);
    expect(result).toMatchObject({ outcome: "undetermined", findings: [], observed: { global: { open: [6443] } } });
  });
});

describe("a cluster whose published addresses lead nowhere", () => {
  let cluster: RealNodes;
  beforeAll(async () => {
    cluster = await realNodes({ ...small, family: "IPv4", publishing: "deaf" });
  });
  afterAll(() => cluster?.stop());

  test("nothing that only has an address passes for working", async () => {
    const checked = await published(cluster);
    expect(checked.value("kube/ingress-trial")).toMatchObject({ className: "testbed", answer: "other" });
    expect(checked.outcomes).toEqual({
      "draft-load-balancer-v1/service-works": "undetermined",
      "scs-0219-v1/ingress-controller": "pass",
      "proposed-ipv6-v1/load-balancer": "undetermined",
    });
  });
});

/** A scope of one module in upstream's form. */
function scopeFile(runsFromOutside: boolean): string {
  const about = { url: "https://example.org/scope.yaml" };
  const testcase = { ...about, id: "ports-check", description: "Ports of nodes" };
  const parameters = { runsFromOutside };
  return JSON.stringify({
    ...about,
    uuid: "4d5b4a0c-6c37-4d3a-9a50-30f3d9d2d7c1",
    name: "Seen from outside",
    scripts: [{ testcases: [testcase] }],
    modules: [{ ...about, id: "scs-0217-v1", name: "Baseline cluster security", targets: { main: ["ports-check"] } }],
    timeline: [{ date: "2026-01-01", versions: { v1: "effective" } }],
    versions: [{ version: "v1", include: [{ ref: "scs-0217-v1", parameters }] }],
  });
}
