/** What needs no cluster: the catalogue, the plan, the data, and every format over a stored report. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { formatNames } from "../../src/app/format-names.ts";
import { run } from "../support/command.ts";
import { cluster, releaseFile } from "../support/command-cluster.ts";
import { left } from "../support/run-folder.ts";
import { sarifFaults } from "../support/sarif.ts";
import { scratchFolder } from "../support/scratch.ts";
import { readXml } from "../support/xml.ts";

/** Stdout of a command that has nothing to say on stderr. */
async function asked(...args: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await run(args);
  expect({ args, stderr, code }).toEqual({ args, stderr: "", code: 0 });
  return stdout;
}

describe("list", () => {
  it.each<[string, RegExp]>([
    ["standards", /^scs-0214-v2 +stable +\d+ requirements +\d+ binding +Kubernetes Node Distribution/m],
    ["requirements", /^scs-0210-v2\/patch-recency +must +tested +stable +scs-0210\/patch-recency +\S/m],
    ["checks", /^scs-0214\/control-plane-spread {2,}\S/m],
    ["probes", /^kube\/version +observe +version of the API server$/m],
    ["formats", /^junit +junit\.xml +\S/m],
    ["scopes", /^scs-kaas-drafts +v1 +\S/m],
  ])("%s", async (topic, line) => {
    expect(await asked("list", topic)).toMatch(line);
  });

  it("follows scope, date and selection", async () => {
    expect(await asked("list", "requirements", "--scope", "scs-kaas-drafts", "--only", "scs-0215*")).toMatch(
      /^scs-0215-v1\/request-limit +must +(tested|attested) /m,
    );
    expect(await asked("list", "requirements", "--as-of", "2026-04-27", "--only", "scs-0214-v2")).not.toBe(
      await asked("list", "requirements", "--as-of", "2026-04-28", "--only", "scs-0214-v2"),
    );
  });
});

describe("explain", () => {
  it.each<[string, readonly string[]]>([
    ["scs-0214-v2/control-plane-hosts", ["scs-0214-v2/control-plane-hosts"]],
    ["scs-0214/control-plane-spread", ["scs-0214-v2/control-plane-hosts"]],
    ["version-policy-check", ["scs-0210-v2/patch-recency", "scs-0210-v2/critical-patch-recency"]],
    ["scs-0219-v1", ["scs-0219-v1/network-policy", "scs-0219-v1/ingress-controller"]],
  ])("%s: the clause, what is looked at, how to mend it", async (id, requirements) => {
    const text = await asked("explain", id);
    for (const requirement of requirements) expect(text).toMatch(new RegExp(`^${requirement}: `, "m"));
    expect(text).toMatch(/^ {2}Clause\n {4}".+"\n {4}https:\/\/docs\.scs\.community\/.+#\S+\n/m);
    expect(text).toMatch(/^ {2}How to mend it\n {4}\S/m);
  });

  it("of what nobody knows says where the names are", async () => {
    const { stdout, stderr, code } = await run(["explain", "control-plane"]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 3 });
    expect(stderr).toMatch(/^Nothing is called "control-plane" .*\nSee `scs-conformance list requirements`\.\n$/);
  });
});

describe("plan", () => {
  it("says requests, rights and questions before anything is sent, and less for less", async () => {
    const text = await asked("plan");
    expect(text).toMatch(/^Tier observe: \d+ probes, about \d+ requests/);
    expect(text).toMatch(/^Creates 0 objects, needs 0 images, changes nothing, reads no Secret\.$/m);
    expect(text).toMatch(/^ {2}list nodes$/m);
    expect(text).toMatch(/^Ends looking after 600 s at the latest \(--timeout\)\.$/m);
    const small = await asked("plan", "--only", "version-policy-check");
    expect(small).not.toContain("/metrics");
  });

  it("gives what acts the time that it may take, unless told otherwise", async () => {
    const text = await asked("plan", "--tier", "active");
    const [, seconds = ""] = /at most (\d+) s, up to four probes/.exec(text) ?? [];
    expect(text).toContain(`Ends looking after ${600 + Number(seconds)} s at the latest (--timeout).`);
    const short = await asked("plan", "--tier", "active", "--timeout", "1m");
    expect(short).toContain("Ends looking after 60 s at the latest (--timeout).");
    expect(short).toContain(`--timeout is 60 s, and what acts may take ${seconds} s: what is not done by then stays`);
  });

  it("--role prints exactly those rights as RBAC", async () => {
    const text = await asked("plan", "--role");
    const roles = parseAllDocuments(text).map((document) => document.toJS() as Role);
    expect(roles.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}`.trim())).toEqual([
      "ClusterRole",
      "Role default",
      "Role kube-system",
    ]);
    holdToReading(roles);
  });

  it("keeps the rights on a management cluster apart, narrowed to the namespace of the cluster that is named", async () => {
    expect(await asked("plan")).not.toContain("on the management cluster");
    const given = ["plan", "--management-kubeconfig", "other", "--cluster", "tenant-1/blue"];
    expect(await asked(...given)).toMatch(/^ {2}get \/apis on the management cluster$/m);
    const text = await asked(...given, "--role");
    expect(text).toContain("# These belong on ANOTHER cluster: the management cluster (--management-kubeconfig).");
    const roles = parseAllDocuments(text).map((document) => document.toJS() as Role);
    const further = roles.filter(({ metadata }) => metadata.name === "scs-conformance-management");
    expect(further.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}`.trim())).toContain("ClusterRole");
    holdToReading(roles);
  });
});

function holdToReading(roles: readonly Role[]): void {
  for (const { apiVersion, rules } of roles) {
    expect(apiVersion).toBe("rbac.authorization.k8s.io/v1");
    for (const { verbs, resources = [], apiGroups = [], nonResourceURLs = [] } of rules) {
      expect(verbs.filter((verb) => verb !== "get" && verb !== "list")).toEqual([]);
      expect([...resources, ...apiGroups, ...nonResourceURLs].join(" ")).not.toMatch(/\*|secrets/);
    }
  }
}

interface Role {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules: readonly {
    readonly verbs: readonly string[];
    readonly resources?: readonly string[];
    readonly apiGroups?: readonly string[];
    readonly nonResourceURLs?: readonly string[];
  }[];
}

describe("data show", () => {
  it("says its date and how long a pass may rest on it", async () => {
    const text = await asked("data", "show");
    expect(text).toMatch(/^Kubernetes releases, end of life and CVEs as of \d{4}-\d{2}-\d{2}, sha256 [0-9a-f]{64}\.$/m);
    expect(text).toMatch(/^A pass of the version policy rests on them until \d{4}-\d{2}-\d{2}/m);
  });

  it("--json prints a file that --data takes back as the same data", async () => {
    const file = path.join(scratchFolder(), "data.json");
    writeFileSync(file, await asked("data", "show", "--json"));
    expect(await asked("data", "show", "--data", file)).toBe(await asked("data", "show"));
  });
});

describe("render", () => {
  const printed = "prints every format from the folder and from report.json, like the files of the run";
  it(printed, { timeout: 240_000 }, async () => {
    const server = await cluster();
    const cwd = scratchFolder();
    const all = formatNames.filter((name) => name !== "terminal").join(",");
    const args = ["check", "--kubeconfig", server.kubeconfigFile, "-o", "run", "--data", releaseFile()];
    const { stdout: shown } = await run([...args, "--format", all], { cwd });
    const { text, folder, names } = left(cwd, "run");
    const render = (target: string, format: string) => run(["render", target, "--format", format], { cwd });
    const written = {
      html: "report.html",
      json: "report.json",
      junit: "junit.xml",
      markdown: "report.md",
      "scs-yaml": "report.scs.yaml",
      "scs-yaml-coming": "report.scs-coming.yaml",
      testcases: "testcases.txt",
      sarif: "report.sarif",
      openmetrics: "metrics.prom",
      "in-toto": "statement.intoto.json",
      "in-toto-predicate": "predicate.intoto.json",
    };
    for (const [format, file] of Object.entries(written)) {
      expect(names).toContain(file);
      const rendered = await render("run", format);
      expect({ format, stderr: rendered.stderr, code: rendered.code }).toEqual({ format, stderr: "", code: 0 });
      expect(rendered.stdout).toBe(text(file));
      const alone = await render("run/report.json", format);
      expect(alone.code).toBe(0);
    }
    expect((await run(["render", "run"], { cwd })).stdout).toBe(shown);
    expect(sarifFaults(text("report.sarif"))).toEqual([]);
    const placed = await run(["render", "run", "--format", "sarif", "--sarif-location", "clusters/a.yaml"], { cwd });
    expect(placed.stdout).toContain('"uri": "clusters/a.yaml"');
    readXml(text("junit.xml"));
    expect(parse(text("report.scs.yaml"))).toHaveProperty("subject");
    writeFileSync(path.join(folder, "evidence.json"), "{");
    expect((await render("run", "html")).code).toBe(0);
    writeFileSync(
      path.join(folder, "report.json"),
      readFileSync(path.join(folder, "report.json"), "utf8").replace('"DNF"', '"MEH"').replace('"MISS"', '"MEH"'),
    );
    const broken = await render("run", "html");
    expect(broken).toMatchObject({ code: 3, stdout: "" });
    expect(broken.stderr).toMatch(/verdict/);
    expect(await render("run", "pdf")).toMatchObject({ code: 3, stdout: "" });
  });
});
