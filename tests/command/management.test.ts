/** A second kubeconfig on the command line: what it adds, and what its silence does not take away. */
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../support/command.ts";
import { cluster, objects, releaseFile } from "../support/command-cluster.ts";
import { paths } from "../support/gathering.ts";
import { forbidden, kubernetesRoutes } from "../support/kubernetes-routes.ts";
import type { LoopbackHandler } from "../support/loopback-server.ts";
import { apis } from "../support/managed.ts";
import {
  capiCluster,
  capiMachine,
  openStackMachine,
  providerId,
  tenant,
  tenantPaths,
} from "../support/managed-objects.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

const at = tenantPaths();
const nodes = (objects[paths.nodes] as { readonly metadata: object }[]).map((node, index) => ({
  ...node,
  spec: { providerID: providerId(index + 1) },
}));
const here = kubernetesRoutes({ ...objects, [paths.nodes]: nodes });
const there = {
  "/apis": apis({ "cluster.x-k8s.io": ["v1beta2"], "infrastructure.cluster.x-k8s.io": ["v1beta1"] }),
  [at.clusters]: [capiCluster()],
  [at.cluster]: capiCluster(),
  [at.machines]: [1, 2, 3].map((n) => capiMachine(n)),
  [at.openStackMachines]: [1, 2, 3].map((n) =>
    openStackMachine(n, { flavor: "SCS-2V-4", rootVolume: { sizeGiB: 50 } }),
  ),
};

/** Checks the cluster with a management cluster that answers so. */
async function checked(management: LoopbackHandler, ...more: readonly string[]) {
  const [server, manager] = [await cluster(here), await cluster(management)];
  const cwd = scratchFolder();
  const views = ["--kubeconfig", server.kubeconfigFile, "--management-kubeconfig", manager.kubeconfigFile];
  const how = ["--include", "proposed", "--request-timeout", "1s", "--data", releaseFile(), "-o", "run", ...more];
  const { code, stderr } = await run(["check", ...views, ...how], { cwd });
  const files = left(cwd, "run");
  const reason = (id: string) => {
    const fact = files.evidence.facts.gathering.items[id];
    return fact?.status === "unavailable" ? fact.reason : fact?.status;
  };
  return { code, stderr, reason, manager, ...files };
}

describe("a management cluster", () => {
  it("that is proven to manage this one adds what it shows, and the report verifies with it", async () => {
    const { outcomes, folder, text, reason, evidence } = await checked(kubernetesRoutes(there));
    expect(reason("management/cluster")).toBe("collected");
    expect(outcomes["proposed-etcd-flavor-v1/local-root-disk"]).toBe("fail");
    expect(text("report.html")).toContain("has a root volume 50 GiB");
    expect(evidence.facts.gathering.requests.some(({ view }) => view === "management")).toBe(true);
    expect(`${text("evidence.json")}${text("report.json")}${text("report.html")}`).not.toContain("acme");
    const again = path.join(scratchFolder(), "again");
    const { code } = await run(["evaluate", path.join(folder, "evidence.json"), "-o", again]);
    expect(code).toBe(2);
    expect(left(again).outcomes).toEqual(outcomes);
  });

  it.each<[string, LoopbackHandler, string]>([
    ["never answers", () => ({ fault: "hang-after-accept" }), "timeout"],
    ["does not know the user", () => ({ status: 401, body: "Unauthorized" }), "unauthorized"],
    ["forbids to list clusters", kubernetesRoutes(there, { overrides: { [at.clusters]: forbidden() } }), "forbidden"],
    [
      "manages another cluster",
      kubernetesRoutes({ ...there, [at.machines]: [7, 8].map((n) => capiMachine(n)) }),
      "not-visible",
    ],
  ])("that %s takes nothing away", async (_, management, expected) => {
    const { outcomes, reason, code } = await checked(management);
    expect(reason("management/cluster")).toBe(expected);
    expect(reason("kube/nodes")).toBe("collected");
    expect(outcomes["scs-0214-v2/control-plane-hosts"]).toBe("pass");
    expect(outcomes["proposed-etcd-flavor-v1/local-root-disk"]).toBe("undetermined");
    expect(code).toBe(2);
  });

  it("is asked in one namespace only when the cluster is named", async () => {
    const { manager, reason } = await checked(
      kubernetesRoutes(there),
      "--cluster",
      `${tenant.namespace}/${tenant.name}`,
    );
    expect(reason("management/machines")).toBe("collected");
    for (const { path: asked } of manager.requests) expect(asked).toMatch(/^\/apis$|\/namespaces\/tenant-acme\//);
  });

  it("whose kubeconfig cannot be used is named before a byte is sent", async () => {
    const server = await cluster(here);
    const cwd = scratchFolder();
    writeFileSync(path.join(cwd, "m"), "apiVersion: v1\nkind: Config\n", { mode: 0o600 });
    const args = ["check", "--kubeconfig", server.kubeconfigFile, "--management-kubeconfig", "m", "-o", "run"];
    const { code, stderr } = await run(args, { cwd });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^management cluster: .*\n.*--management-kubeconfig/i);
    expect(server.connections).toBe(0);
    expect(existsSync(path.join(cwd, "run"))).toBe(false);
  });
});
