/** `check --tier active` ended from outside, and `cleanup` after it, on the command line. */
import { describe, expect, it } from "vitest";
import { run } from "../support/command.ts";
import { cluster, objects } from "../support/command-cluster.ts";
import { kubernetesRoutes } from "../support/kubernetes-routes.ts";
import { statusObject } from "../support/loopback-response.ts";
import { objectStore } from "../support/object-store.ts";
import { scratchFolder } from "../support/scratch.ts";

const only = "scs-0217-v1/service-account-tokens";
const namespaces = "/api/v1/namespaces/scs-conformance-";

/** A cluster that keeps objects and never answers the request for a token; a check is signalled once that hangs. */
async function hangingToken() {
  const store = objectStore();
  const routes = kubernetesRoutes(objects);
  let tell: () => void = () => undefined;
  const acts = (path: string) => path.startsWith(namespaces) || path.endsWith("/selfsubjectaccessreviews");
  const server = await cluster((request) => {
    const { method, url } = request;
    if (method === "POST" && url.pathname.endsWith("/token")) {
      tell();
      return { fault: "hang-after-accept" };
    }
    const isStore = method !== "GET" || acts(url.pathname) || url.searchParams.has("labelSelector");
    return isStore ? store.handler(request) : routes(request);
  });
  const state = scratchFolder();
  const env = { XDG_STATE_HOME: state };
  const at = ["--kubeconfig", server.kubeconfigFile, "--request-timeout", "60s"];
  const check = (signalled: (child: { kill(signal: NodeJS.Signals): boolean }) => void, ...more: readonly string[]) => {
    const asked = new Promise<void>((resolve) => {
      tell = resolve;
    });
    return run(["check", "--scope", "scs-kaas-drafts", "--tier", "active", "--only", only, ...at, ...more], {
      env,
      started: (child) => void asked.then(() => signalled(child)),
    });
  };
  return { store, check, cleanup: (...more: readonly string[]) => run(["cleanup", ...at, ...more], { env }) };
}

const made = (keys: Iterable<string>) => [...keys].filter((path) => /\/namespaces\/[^/]+$/.test(path));

describe("check --tier active", () => {
  it.each<NodeJS.Signals>(["SIGINT", "SIGTERM"])("takes away what it made on %s", async (signal) => {
    const { store, check } = await hangingToken();
    const { code, stdout, stderr } = await check((child) => child.kill(signal));
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toMatch(/Removing what the run made; a second interrupt ends at once\.\n/);
    expect(stderr).toMatch(/Interrupted; nothing was left behind\.\n$/);
    expect([...store.objects.keys()]).toEqual([]);
  });

  it("says what to run when it could not, and that removes it", async () => {
    const { store, check, cleanup } = await hangingToken();
    store.before = ({ method }) => (method === "DELETE" ? { status: 403, body: statusObject(403, "no") } : undefined);
    const { code, stderr } = await check((child) => child.kill("SIGINT"));
    const named = /Interrupted; 1 object of the run ([a-z0-9]{5}) may be left: `scs-conformance cleanup --run \1`/;
    const [, id = ""] = named.exec(stderr) ?? [];
    expect({ code, id }).toEqual({ code: 130, id: expect.stringMatching(/./) });
    expect(stderr).toContain(`Left behind: namespaces scs-conformance-${id} (the API server answered 403)`);
    const still = await cleanup("--run", id);
    expect({ code: still.code, stdout: still.stdout }).toEqual({
      code: 2,
      stdout: `namespaces scs-conformance-${id} (the API server answered 403): left of the run ${id}\n`,
    });
    store.before = () => undefined;
    const gone = await cleanup("--run", id);
    expect({ code: gone.code, stdout: gone.stdout }).toEqual({
      code: 0,
      stdout: `namespaces scs-conformance-${id}: gone, of the run ${id}\n`,
    });
    expect([...store.objects.keys()]).toEqual([]);
  });

  it("ends at once on a second interrupt, and says what to run", async () => {
    const { store, check, cleanup } = await hangingToken();
    let second: () => void = () => undefined;
    store.before = ({ method }) => {
      if (method !== "DELETE") return undefined;
      second();
      return { fault: "hang-after-accept" };
    };
    const { code, stderr } = await check((child) => {
      second = () => child.kill("SIGINT");
      child.kill("SIGINT");
    });
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /Ended at once\. What the run [a-z0-9]{5} made may still be there: `scs-conformance cleanup/,
    );
    expect(made(store.objects.keys())).toHaveLength(1);
    store.before = () => undefined;
    expect((await cleanup("--dry-run")).stdout).toMatch(/^namespaces scs-conformance-[a-z0-9]{5}: would be removed/);
    expect((await cleanup()).code).toBe(0);
    expect([...store.objects.keys()]).toEqual([]);
  });

  it("ends when its time is over, said at its beginning to be short, and takes away what it made", async () => {
    const { store, check } = await hangingToken();
    const { code, stderr } = await check(() => undefined, "--timeout", "1500ms", "-o", scratchFolder());
    const said = "--timeout is 1.5 s, and what acts may take 30 s: what is not done by then stays undetermined";
    expect(stderr.split("\n").filter((line) => line.includes("--timeout"))).toEqual([`${said}: ${only}.`]);
    expect(code).toBe(2);
    expect([...store.objects.keys()]).toEqual([]);
  });

  it("removes first what a killed run of this machine left, and says so", async () => {
    const { store, check } = await hangingToken();
    const killed = await check((child) => child.kill("SIGKILL"));
    expect(killed.signal).toBe("SIGKILL");
    expect(made(store.objects.keys())).toHaveLength(1);
    const { stderr } = await check((child) => child.kill("SIGINT"));
    expect(stderr).toMatch(
      /The run [a-z0-9]{5} had ended without removing what it made: 1 of 1 objects are gone now\./,
    );
    expect([...store.objects.keys()]).toEqual([]);
  });
});
