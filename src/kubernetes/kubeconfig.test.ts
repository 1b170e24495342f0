import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../../tests/support/scratch.ts";
import { UsageError } from "../model/faults.ts";
import { type ConnectOptions, connect } from "./connect.ts";
import { chooseContext } from "./kubeconfig.ts";

const config = (name: string, current = name) => `
apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "https://${name}.example.test", certificate-authority: ca-${name}.pem}}]
users: [{name: u, user: {token: token-${name}}}]
contexts: [{name: ${name}, context: {cluster: c, user: u}}]
${current === "" ? "" : `current-context: ${current}`}
`;

function files(contents: Record<string, string>) {
  const folder = scratchFolder();
  for (const [name, text] of Object.entries(contents)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return (name: string) => join(folder, name);
}

const serverOf = (options: ConnectOptions) => chooseContext({ environment: {}, ...options }).cluster.value.server;

describe("which kubeconfig", () => {
  it("takes the option, else KUBECONFIG, else ~/.kube/config, else the pod's own", () => {
    const at = files({
      a: config("a"),
      b: config("b"),
      "home/.kube/config": config("home"),
      "pod/token": "t",
      "pod/ca.crt": "x",
    });
    const home = at("home");
    const serviceAccountFolder = at("pod");
    const environment = { KUBERNETES_SERVICE_HOST: "fd00::1", KUBERNETES_SERVICE_PORT: "6443" };
    const all = { home, serviceAccountFolder, environment: { ...environment, KUBECONFIG: at("b") } };
    expect(serverOf({ ...all, kubeconfig: at("a") })).toBe("https://a.example.test");
    expect(serverOf(all)).toBe("https://b.example.test");
    expect(serverOf({ ...all, environment })).toBe("https://home.example.test");
    expect(serverOf({ ...all, environment, home: at("nowhere") })).toBe("https://[fd00::1]:6443");
    expect(() => serverOf({ home: at("nowhere"), serviceAccountFolder })).toThrow(/no kubeconfig: none was named/);
  });

  it("merges several files as kubectl does: the first one wins, missing ones are passed over, paths start at their file", () => {
    const at = files({ "x/a": config("a", ""), "y/b": config("b"), "z/c": config("c") });
    const KUBECONFIG = [at("nothing"), at("x/a"), at("y/b"), at("z/c"), ""].join(delimiter);
    const chosen = chooseContext({ environment: { KUBECONFIG } });
    expect(chosen.name).toBe("b");
    expect(chosen.cluster).toMatchObject({ folder: at("x"), value: { server: "https://a.example.test" } });
    expect(chooseContext({ environment: { KUBECONFIG }, context: "c" }).name).toBe("c");
    const missing = { KUBECONFIG: [at("no"), at("none")].join(delimiter) };
    expect(() => chooseContext({ environment: missing })).toThrow("no file that KUBECONFIG names exists");
  });
});

const certificateFile = config("a").replace("ca-a.pem", "ca.pem");

describe("faults of a kubeconfig", () => {
  it.each([
    [/has no contexts/, ""],
    [/not a kubeconfig: no mapping at the top/, "[1]"],
    [/k:1:\d+: this kubeconfig is not valid YAML/, "a: ["],
    [/k:2:1: this kubeconfig is not valid YAML: DUPLICATE_KEY/, "a: 1\na: 2"],
    [/not a kubeconfig/, "just text"],
    [/`contexts` is not a list/, "contexts: {}"],
    [/`contexts\[0\]` needs a `name` and a mapping `context`/, "contexts: [{}]"],
    [/too many YAML aliases/, `x: &a [1]\ny: [${"*a,".repeat(2_000)}]\nz: &b [*a,*a]\nv: [${"*b,".repeat(2_000)}]`],
    [/no current context/, config("a", "")],
    [/has no context "b"/, config("a", "b")],
    [/context "a" names no cluster/, config("a").replace("cluster: c,", "")],
    [/names the cluster "d", which the kubeconfig does not hold/, config("a").replace("cluster: c,", "cluster: d,")],
    [/names the user "v", which the kubeconfig does not hold/, config("a").replace("user: u}", "user: v}")],
    [/ca-a\.pem: the kubeconfig's cluster names this file as `certificate-authority`; it cannot be read/, config("a")],
    [/`certificate-authority` is not PEM/, certificateFile],
    [/holds no usable certificate/, config("a").replace("ca-a.pem", "bad.pem")],
    [/neither https nor http/, config("a").replace(/server: "[^"]*"/, 'server: "ftp://x"')],
    [/is not a URL/, config("a").replace(/server: "[^"]*"/, 'server: "https://"')],
    [/carries credentials/, config("a").replace(/server: "[^"]*"/, 'server: "https://me:pw@x"')],
    [/has no `server`/, config("a").replace(/server: "[^"]*",/, "")],
    [/of the kind socks5/, config("a").replace(/, certificate-authority: [^}]*/, ", proxy-url: socks5://x")],
    [
      /credentials over plain http/,
      config("a")
        .replace(/, certificate-authority: [^}]*/, "")
        .replace("https:", "http:"),
    ],
  ])("%s", async (message, text) => {
    const at = files({
      k: text,
      "ca.pem": "nonsense",
      "bad.pem": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    });
    const outcome = connect({ kubeconfig: at("k"), environment: {} });
    await expect(outcome).rejects.toBeInstanceOf(UsageError);
    await expect(outcome).rejects.toThrow(message);
    await expect(outcome).rejects.not.toThrow(/\n./);
  });

  it("names files that are missing, folders, or too large, and lists the contexts there are", async () => {
    const at = files({ k: `${config("a")}\n`, large: `# ${"x".repeat(5_000_000)}` });
    await expect(connect({ kubeconfig: at("nothing") })).rejects.toThrow(/nothing: this kubeconfig does not exist/);
    await expect(connect({ kubeconfig: at(".") })).rejects.toThrow("this is a folder");
    await expect(connect({ kubeconfig: at("large") })).rejects.toThrow("larger than 4 MiB");
    await expect(connect({ kubeconfig: at("k"), context: "b" })).rejects.toMatchObject({
      message: 'the kubeconfig has no context "b"',
      advice: 'choose one with --context: "a"',
    });
  });
});
