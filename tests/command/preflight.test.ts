/** `plan --preflight`, and `check --tier dry-run` on the command line. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { complaint, run } from "../support/command.ts";
import { cluster, objects, releaseFile } from "../support/command-cluster.ts";
import { forbidden, kubernetesRoutes } from "../support/kubernetes-routes.ts";
import type { LoopbackHandler } from "../support/loopback-server.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

const reads = kubernetesRoutes(objects);

/** Grants what the predicate says of the attributes that are asked for. */
const granting =
  (granted: (attributes: { readonly resource?: string }) => boolean): LoopbackHandler =>
  (request) => {
    if (request.method === "GET") return reads(request);
    const { spec } = JSON.parse(request.body) as { spec: { [key: string]: { resource?: string } } };
    const allowed = granted(spec.resourceAttributes ?? spec.nonResourceAttributes ?? {});
    return { status: 201, body: { kind: "SelfSubjectAccessReview", status: { allowed } } };
  };

describe("plan --preflight", () => {
  it("is exit code 0 when every right is granted", async () => {
    const server = await cluster(granting(() => true));
    const { stdout, code } = await run(["plan", "--preflight", "--kubeconfig", server.kubeconfigFile]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Tier observe: (\d+) of \1 rights are granted\.\n( {2}granted {7}\S.*\n)+$/);
    expect(new Set(server.requests.map(({ method, path }) => `${method} ${path}`))).toEqual(
      new Set(["POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews"]),
    );
  });

  it("names what a missing right would leave open, exit code 2", async () => {
    const server = await cluster(granting(({ resource }) => resource !== "nodes"));
    const { stdout, code } = await run(["plan", "--preflight", "--kubeconfig", server.kubeconfigFile]);
    expect(code).toBe(2);
    expect(stdout).toContain("  not granted   list nodes\n");
    expect(stdout).toContain("Without the right to list nodes a run does not see: ");
    expect(stdout).toContain("\n  scs-0214-v2/control-plane-hosts\n");
  });

  it("says in one line that nobody answers", async () => {
    const server = await cluster();
    const kubeconfig = path.join(scratchFolder(), "kubeconfig");
    writeFileSync(kubeconfig, server.kubeconfig, { mode: 0o600 });
    await server.close();
    const { stdout, code } = await run(["plan", "--preflight", "--kubeconfig", kubeconfig]);
    expect(stdout).toBe("No right could be asked for: the API server's address refuses connections.\n");
    expect(code).toBe(2);
  });

  it("is not asked together with --role", async () => {
    expect(complaint(await run(["plan", "--preflight", "--role"]))).toEqual([
      "--role and --preflight are two questions.",
      "Ask one at a time.",
    ]);
  });
});

describe("check --tier dry-run", () => {
  it("asks with dryRun=All alone, and says of each answer it did not get why", async () => {
    const server = await cluster((request) => (request.method === "GET" ? reads(request) : forbidden("no")));
    const cwd = scratchFolder();
    const args = ["--kubeconfig", server.kubeconfigFile, "-o", "out", "--data", releaseFile()];
    await run(["check", "--tier", "dry-run", "--include", "proposed", ...args], { cwd });
    const sent = server.requests.filter(({ method }) => method !== "GET");
    expect(sent.length).toBeGreaterThan(0);
    for (const { path } of sent) expect(path).toMatch(/\?dryRun=All$|accessreviews$/);
    const { report, evidence } = left(cwd, "out");
    expect(report.selection.tier).toBe("dry-run");
    expect(evidence.facts.gathering.items["kube/authorizers"]).toMatchObject({
      status: "unavailable",
      reason: "forbidden",
      resolve: "the right to create subjectaccessreviews",
    });
  });
});
