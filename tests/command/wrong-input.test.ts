/** What a caller can get wrong is said before the first byte goes to the cluster: exit 3, one clear line, no stack. */
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { embeddedScope } from "../../src/catalogue/scope.ts";
import { complaint, run } from "../support/command.ts";
import { cluster } from "../support/command-cluster.ts";
import { withDesk } from "../support/openssh-desk.ts";
import { scratchFolder } from "../support/scratch.ts";

const policyResults = path.resolve(import.meta.dirname, "../../fixtures/imports/1.37-testbed-focused");

type Place = { readonly cwd: string; readonly write: (name: string, text: string) => string };

function place(): Place {
  const cwd = scratchFolder();
  return {
    cwd,
    write: (name, text) => {
      writeFileSync(path.join(cwd, name), text, { mode: 0o600 });
      return name;
    },
  };
}

/** Runs `check` with a kubeconfig that works, and holds it to: not a word to the server, nothing left behind. */
async function refused(args: (place: Place) => readonly string[], env: { [name: string]: string } = {}) {
  const server = await cluster();
  const here = place();
  const given = ["check", "--kubeconfig", server.kubeconfigFile, ...args(here)];
  const before = readdirSync(here.cwd);
  const said = complaint(await run(given, { cwd: here.cwd, env }));
  expect(server.connections).toBe(0);
  expect(readdirSync(here.cwd)).toEqual(before);
  expect(said.join("\n")).not.toMatch(/^\s+at /m);
  return said;
}

describe("the kubeconfig", () => {
  it.each<[string, (here: Place) => readonly string[], RegExp]>([
    ["is missing", () => ["--kubeconfig", "nowhere"], /nowhere: .*(no such file|does not exist|cannot be read)/],
    [
      "is no YAML",
      ({ write }) => ["--kubeconfig", write("k", "a: [1\nb: }")],
      /\/k:\d+:\d+: this kubeconfig is not valid YAML/,
    ],
    ["has no such context", () => ["--context", "other"], /no context "other"/],
    ["is not there at all", () => ["--kubeconfig", ""], /./],
  ])("%s", async (_, args, message) => {
    const [first] = await refused(args);
    expect(first).toMatch(message);
  });

  it("is nowhere: what to do is said", async () => {
    const said = complaint(await run(["check"]));
    expect(said).toEqual([expect.stringMatching(/^no kubeconfig: /i), expect.stringContaining("--kubeconfig")]);
  });
});

describe("options", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    [
      "scope",
      ["--scope", "scs-iaas"],
      ['There is no scope "scs-iaas".', expect.stringContaining("scs-compatible-kaas")],
    ],
    ["scope version", ["--scope-version", "v9"], ["Scope scs-compatible-kaas has no version v9.", "It has: v1."]],
    [
      "--only",
      ["--only", "version-policy-chekc"],
      [expect.stringContaining('"version-policy-chekc"'), expect.stringContaining("list requirements")],
    ],
    ["--skip", ["--skip", "scs-9999*"], [expect.stringContaining('"scs-9999*"'), expect.anything()]],
    [
      "--as-of",
      ["--as-of", "2026-02-30"],
      ['--as-of "2026-02-30" is no date.', expect.stringContaining("2026-11-23T10:00:00Z")],
    ],
    [
      "--as-of before the scope",
      ["--as-of", "2024-02-27"],
      ["Scope scs-compatible-kaas has no valid version on 2024-02-27.", expect.stringContaining("2024-02-28")],
    ],
    ["--tier", ["--tier", "root"], ['There is no tier "root".', expect.stringContaining("observe")]],
    [
      "--tier to come",
      ["--tier", "intrusive"],
      [expect.stringContaining("intrusive is not built yet"), "Choose observe, dry-run, active or system with --tier."],
    ],
    [
      "--run-conformance below its tier",
      ["--run-conformance", "full"],
      [expect.stringContaining("as cluster-admin"), expect.stringContaining("--tier system")],
    ],
    [
      "--run-conformance of what there is not",
      ["--tier", "system", "--run-conformance", "quick"],
      ['--run-conformance "quick" is no run.', "Runs: full, networkpolicy."],
    ],
    [
      "--run-conformance beside --namespace",
      ["--tier", "system", "--namespace", "tenant", "--run-conformance", "full"],
      [expect.stringContaining("--namespace allows none"), "Leave out one of them."],
    ],
    [
      "a mirror without a run",
      ["--image-registry", "registry.k8s.io=mirror.example"],
      [expect.stringMatching(/^--image-registry says how/), expect.stringContaining("--run-conformance")],
    ],
    [
      "--image-registry",
      ["--tier", "system", "--run-conformance", "full", "--image-registry", "https://mirror.example"],
      [expect.stringContaining("is no mapping"), expect.stringContaining("FROM=TO")],
    ],
    [
      "--conformance-image",
      ["--tier", "system", "--run-conformance", "full", "--conformance-image", "conformance"],
      ['--conformance-image "conformance" names no image.', expect.anything()],
    ],
    [
      "results that the run would bring",
      ["--tier", "system", "--run-conformance", "networkpolicy", "--conformance-results", policyResults],
      [expect.stringContaining("would run what --conformance-results holds already"), "Give one of the two."],
    ],
    [
      "--namespace",
      ["--namespace", "kube-system"],
      ["--namespace kube-system: nothing is ever made in there.", expect.anything()],
    ],
    ["--image", ["--image", "a b"], ['--image "a b" is no reference of an image.', expect.anything()]],
    ["--subject", ["--subject", "../../etc"], ['--subject "../../etc" is no name for a subject.', expect.anything()]],
    ["--timeout", ["--timeout", "5"], ['--timeout "5" is no duration of at most a day.', expect.anything()]],
    ["--request-timeout", ["--request-timeout", "0s"], [expect.stringContaining('"0s"'), expect.anything()]],
    [
      "--max-requests-per-second",
      ["--max-requests-per-second", "0"],
      [expect.stringContaining("a number above 0"), expect.anything()],
    ],
    ["--format", ["--format", "junit,pdf"], ['There is no format "pdf".', expect.stringContaining("junit")]],
    [
      "two signers",
      ["--key", "k", "--agent", "SHA256:x"],
      ["--key and --agent both name a signer.", "Give one of them."],
    ],
    [
      "--cluster alone",
      ["--cluster", "tenant-1/blue"],
      ["--cluster chooses in a management cluster, and none was given.", expect.stringContaining("FILE")],
    ],
    [
      "--management-context alone",
      ["--management-context", "x"],
      [expect.stringMatching(/^--management-context chooses/), expect.stringContaining("--management-kubeconfig")],
    ],
    [
      "--cluster",
      ["--management-kubeconfig", "m", "--cluster", "../blue"],
      ['--cluster "../blue" names no object.', "Write NAMESPACE/NAME."],
    ],
    [
      "--management-kubeconfig",
      ["--management-kubeconfig", "nowhere"],
      [
        expect.stringMatching(/nowhere: management cluster: this kubeconfig does not exist$/),
        "name a kubeconfig with --management-kubeconfig",
      ],
    ],
    ["--data", ["--data", "nowhere.json"], ["nowhere.json: does not exist"]],
  ])("%s", async (_, args, said) => {
    expect(await refused(() => args)).toEqual(said);
  });
});

describe("files", () => {
  it("names every fault of a scope file with its place", async () => {
    const { text } = embeddedScope("scs-compatible-kaas");
    const broken = text.replace(/^name:/m, "nmae:").replace("lifetime: year", "lifetime: decade");
    const said = await refused(({ write }) => ["--scope", write("./scope.yaml", broken).replace(/^/, "./")]);
    const faults = said.filter((line) => /^\.\/\.?\/?scope\.yaml:\d+:\d+: /.test(line));
    expect(faults.length).toBeGreaterThanOrEqual(2);
    expect(said.join("\n")).toContain("nmae");
  });

  it.each<[string, string, RegExp]>([
    ["not JSON", "{", /^d\.json:1:\d+: /],
    ["another thing", '{"date":"2026-11-23"}', /^d\.json:\d+:\d+: .*(minors|releases|cves)/],
    ["not UTF-8", "\u0000", /^d\.json:/],
  ])("data that is %s", async (_, text, message) => {
    const [first] = await refused(({ write }) => ["--data", write("d.json", text)]);
    expect(first).toMatch(message);
  });

  it.each<[string, (here: Place) => readonly string[], readonly unknown[]]>([
    [
      "occupied",
      ({ cwd, write }) => {
        mkdirSync(path.join(cwd, "full"));
        write("full/file", "");
        return ["-o", "full"];
      },
      ["full: exists and is not empty", "Name another folder with -o."],
    ],
    [
      "a file",
      ({ write }) => ["-o", write("file", "")],
      ["file: cannot be used as a folder: it is a file, or below one", expect.stringContaining("-o")],
    ],
    [
      "below a file",
      ({ write }) => ["-o", `${write("file", "")}/run`],
      [expect.stringMatching(/file.*it is a file, or below one$/), expect.stringContaining("-o")],
    ],
    [
      "in a loop",
      ({ cwd }) => {
        symlinkSync("loop", path.join(cwd, "loop"));
        return ["-o", "loop/run"];
      },
      [expect.stringMatching(/cannot be (written|used)/), expect.stringContaining("-o")],
    ],
  ])("a folder that is %s", async (_, args, said) => {
    expect(await refused(args)).toEqual(said);
  });

  it("a folder that nobody may write", async () => {
    const said = await refused(() => ["-o", "/proc/run"]);
    expect(said[0]).toMatch(/^\/proc: cannot be written: /);
  });

  it("a default folder that cannot be made", async () => {
    const [first] = await refused(({ write }) => {
      write("scs-report", "a file of that name");
      return [];
    });
    expect(first).toBe("scs-report: cannot be written: a file of that name is in the way");
  });
});

describe("keys", () => {
  it("that are missing, encrypted without or with a wrong passphrase, or public", async () => {
    const desk = withDesk();
    const key = desk.key("ed25519", "right");
    const [missing] = await refused(() => ["--key", "no-key"]);
    expect(missing).toMatch(/^no-key: .*there is no such file/);
    const wrong = await refused(() => ["--key", key.path], { SCS_CONFORMANCE_KEY_PASSPHRASE: "wrong" });
    expect(wrong[0]).toMatch(/passphrase/);
    const none = await refused(() => ["--key", key.path]);
    expect(none[0]).toMatch(/passphrase/);
    const open = await refused(() => ["--key", `${key.path}.pub`]);
    expect(open.join("\n")).toMatch(/public key|others may read/);
    expect([...wrong, ...none].join("\n")).not.toContain("right");
  });

  it("that no agent holds", async () => {
    const nobody = `SHA256:${"A".repeat(43)}`;
    expect((await refused(() => ["--agent", nobody]))[0]).toMatch(/agent/);
    expect((await refused(() => ["--agent", "SHA256:x"]))[0]).toMatch(/not a fingerprint/);
  });
});

describe("the file of --config", () => {
  it("names every fault with its place, and what it is about", async () => {
    const text = "subject: my-cloud\ntimeuot: 5m\ntimeout: never\nstrict: perhaps\nonly: {a: 1}\ngate: all\n";
    const said = await refused(({ write }) => ["--config", write("c.yaml", text)]);
    expect(said).toEqual([
      expect.stringMatching(/^c\.yaml:5:1: "only" takes /),
      "c.yaml:2:1: there is no option --timeuot",
      expect.stringMatching(/^c\.yaml:3:1: .*"never" is no duration/),
      "c.yaml:4:1: takes true or false",
      expect.stringMatching(/^c\.yaml:6:1: Allowed choices are binding/),
      expect.stringContaining("subject: my-cloud"),
    ]);
  });

  it.each<[string, string | undefined, RegExp]>([
    ["is missing", undefined, /^c\.yaml: does not exist$/],
    ["is no YAML", "a: [", /^c\.yaml:\d+:\d+: /],
    ["holds a list", "- a", /^c\.yaml: holds no options$/],
    ["says a thing twice", "subject: a\nsubject: b\n", /^c\.yaml:2:1: /],
    ["holds aliases", "subject: &a x\ncontext: *a\n", /^c\.yaml:2:1: "context" takes /],
    ["is too large", `#${"x".repeat(70_000)}`, /larger than 64 KiB/],
  ])("%s", async (_, text, message) => {
    const [first] = await refused(({ write }) => {
      if (text !== undefined) write("c.yaml", text);
      return ["--config", "c.yaml"];
    });
    expect(first).toMatch(message);
  });
});

describe("the environment", () => {
  it.each<[string, string, RegExp]>([
    ["SCS_CONFORMANCE_TIMEOUT", "soon", /^SCS_CONFORMANCE_TIMEOUT: .*"soon"/],
    ["SCS_CONFORMANCE_STRICT", "perhaps", /^SCS_CONFORMANCE_STRICT: takes true or false$/],
    ["SCS_CONFORMANCE_GATE", "all", /^SCS_CONFORMANCE_GATE: Allowed choices are binding/],
  ])("%s=%s", async (name, value, message) => {
    const [first] = await refused(() => [], { [name]: value });
    expect(first).toMatch(message);
  });
});
