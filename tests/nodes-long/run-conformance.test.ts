/**
 * Upstream's e2e suite run by us on real nodes: an image laid out as upstream's, a Job, its results, and what they decide.
 * Parts of the suite only: the whole takes an hour.
 */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { User } from "../../testbed/access.ts";
import { importConformanceImage } from "../../testbed/real-nodes/conformance-image.ts";
import type { RealNodesOptions } from "../../testbed/real-nodes/options.ts";
import { type RealNodes, realNodes } from "../../testbed/real-nodes/real-nodes.ts";
import { run } from "../support/command.ts";
import { scratchFolder } from "../support/scratch.ts";

/** A cluster whose two workers have the image; it goes with the last test of the block. */
function withCluster(options: RealNodesOptions): () => RealNodes {
  let cluster: RealNodes | undefined;
  beforeAll(async () => {
    cluster = await realNodes({ workers: 2, storage: "none", family: "IPv4", startTimeoutMs: 480_000, ...options });
    await importConformanceImage(cluster.nodes.slice(1));
  }, 600_000);
  afterAll(() => cluster?.stop());
  return () => cluster as RealNodes;
}

interface Stored {
  readonly inputs: {
    readonly networkPolicyResults?: { readonly value: Readonly<Record<string, unknown>> };
    readonly conformanceResults?: { readonly value: Readonly<Record<string, unknown>> };
  };
  readonly facts: { readonly gathering: { readonly cleanup?: { readonly created: number; readonly left: number } } };
}

interface Reported {
  readonly testcases: readonly { readonly id: string; readonly verdict: string }[];
  readonly results: readonly {
    readonly check?: string;
    readonly outcome: string;
    readonly findings: readonly { code: string }[];
  }[];
}

/** A folder in which the command runs, with the administrator's kubeconfig or another. */
async function place({ kubeconfig }: RealNodes, user: User = { name: "kubernetes-admin", groups: ["system:masters"] }) {
  const cwd = scratchFolder();
  const file = await kubeconfig(user);
  const state = path.join(cwd, "state");
  mkdirSync(state);
  return {
    cwd,
    state,
    check: (focus: string, output: string, started?: Parameters<typeof run>[1]) =>
      run(
        [
          ...["check", "--kubeconfig", file, "--tier", "system", "--only", "scs-0219-v1/network-policy", "-o", output],
          "--image",
          "nodes",
          ...["--run-conformance", "networkpolicy", "--conformance-focus", focus],
        ],
        { cwd, env: { XDG_STATE_HOME: state }, ...started },
      ),
    stored: (output: string) => JSON.parse(readFileSync(path.join(cwd, output, "evidence.json"), "utf8")) as Stored,
    report: (output: string) => JSON.parse(readFileSync(path.join(cwd, output, "report.json"), "utf8")) as Reported,
  };
}

const objects = ["namespaces", "clusterrolebindings", "clusterroles", "customresourcedefinitions"];

/** What outlives namespaces. */
async function inventory({ kubectl }: RealNodes): Promise<readonly string[]> {
  const text = await kubectl(["get", objects.join(","), "-o", "name"]);
  return text.trim().split("\n").sort();
}

/** A user who has what `plan --role` prints, and nothing else. */
async function plannedUser({ apply, kubectl }: RealNodes) {
  const chosen = ["--tier", "system", "--only", "scs-0219-v1/network-policy", "--run-conformance", "networkpolicy"];
  const { stdout } = await run(["plan", ...chosen, "--role"]);
  await apply(stdout);
  await kubectl(["create", "clusterrolebinding", "planned", "--clusterrole=scs-conformance", "--user=planned"]);
  const roles = await kubectl([
    "get",
    "roles",
    "-A",
    "-o",
    "jsonpath={range .items[?(@.metadata.name=='scs-conformance')]}{.metadata.namespace}{\"\\n\"}{end}",
  ]);
  for (const namespace of roles
    .trim()
    .split("\n")
    .filter((name) => name !== ""))
    await kubectl(["create", "rolebinding", "planned", "-n", namespace, "--role=scs-conformance", "--user=planned"]);
  return { name: "planned", groups: [] };
}

const verdictOf = ({ testcases }: Reported) => testcases.find(({ id }) => id === "kaas-networking-check")?.verdict;
const outcomeOf = ({ results }: Reported) => results.find(({ check }) => check === "scs-0219/network-policy");

describe("a cluster that enforces policies", () => {
  const cluster = withCluster({});

  test("passes the part that is run; the part alone decides nothing, and nothing is left", async () => {
    const nodes = cluster();
    const before = await inventory(nodes);
    const { check, stored, report, cwd } = await place(nodes);
    const focus = "should support creating NetworkPolicy API operations|support a .default-deny-ingress. policy";
    const { stderr, code } = await check(`Netpol (API|NetworkPolicy) .*(${focus})`, "out");
    expect(stderr).toMatch(/conformance networkpolicy: 2 of 2 specs, 0 failed/);
    const { inputs, facts } = stored("out");
    const results = (inputs.networkPolicyResults ?? inputs.conformanceResults)?.value;
    expect(results).toMatchObject({
      tool: expect.stringMatching(/^scs-conformance, registry\.k8s\.io\/conformance:v1\.37\.2@sha256:[0-9a-f]{64}$/),
      executed: 2,
      kubernetesVersion: "v1.37.2",
      run: { dryRun: false, parallel: false, flakeAttempts: 2 },
      networkPolicy: { minor: "1.37", required: 51, failed: [] },
    });
    expect(facts.gathering.cleanup).toEqual({ created: 4, left: 0 });
    expect(verdictOf(report("out"))).toBe("DNF");
    expect(code).toBe(2);
    const [folder = ""] = readdirSync(path.join(cwd, "scs-report"));
    expect(readdirSync(path.join(cwd, "scs-report", folder)).sort()).toEqual([
      "e2e.log",
      "junit_01.xml",
      "resources",
      "scs-conformance.json",
      "serverversion.json",
    ]);
    expect(await inventory(nodes)).toEqual(before);
  }, 600_000);

  test("goes on when its program is killed, and another takes it up with the rights of the plan and no others", async () => {
    const nodes = cluster();
    const before = await inventory(nodes);
    const { check, stored } = await place(nodes, await plannedUser(nodes));
    const killed = await check("Netpol API should support", "killed", {
      started: (child) => {
        child.stderr?.on("data", (text: Buffer) => {
          if (String(text).includes("conformance networkpolicy: started")) child.kill("SIGKILL");
        });
      },
    });
    expect(killed.signal).toBe("SIGKILL");
    const { stderr } = await check("Netpol API should support", "out");
    expect(stderr).toMatch(/The run [a-z0-9]{5} outlived the program that began it: going on with it/);
    const { inputs, facts } = stored("out");
    expect((inputs.networkPolicyResults ?? inputs.conformanceResults)?.value).toMatchObject({ executed: 2 });
    expect(facts.gathering.cleanup).toMatchObject({ left: 0 });
    expect(await inventory(nodes)).toEqual(before);
  }, 600_000);
});

describe("a cluster that enforces none", () => {
  const cluster = withCluster({ policy: false });

  test("fails by the specs that are run, each by name", async () => {
    const nodes = cluster();
    const { check, report } = await place(nodes);
    const { code } = await check("Netpol NetworkPolicy .*support a .default-deny-ingress. policy", "out");
    expect(outcomeOf(report("out"))).toMatchObject({ outcome: "fail" });
    expect(outcomeOf(report("out"))?.findings.map((finding) => finding.code)).toContain("spec-failed");
    expect(verdictOf(report("out"))).toBe("FAIL");
    expect(code).toBe(1);
  }, 900_000);
});
