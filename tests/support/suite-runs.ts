/** Upstream's e2e suite run on real nodes by the command, and what it leaves on disk and on the cluster. */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { User } from "../../testbed/access.ts";
import type { RealNodes } from "../../testbed/real-nodes/real-nodes.ts";
import { run } from "./command.ts";
import { scratchFolder } from "./scratch.ts";

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

const chosen = ["--tier", "system", "--only", "scs-0219-v1/network-policy", "--run-conformance", "networkpolicy"];

/** A folder in which the command runs, with the administrator's kubeconfig or another's. */
export async function suiteRuns(
  { kubeconfig }: RealNodes,
  user: User = { name: "kubernetes-admin", groups: ["system:masters"] },
) {
  const cwd = scratchFolder();
  const file = await kubeconfig(user);
  const state = path.join(cwd, "state");
  mkdirSync(state);
  const read = (output: string, name: string): unknown =>
    JSON.parse(readFileSync(path.join(cwd, output, name), "utf8"));
  return {
    cwd,
    check: (focus: string, output: string, started?: Parameters<typeof run>[1]) =>
      run(
        [
          ...["check", "--kubeconfig", file, ...chosen, "--conformance-focus", focus],
          ...["--image", "nodes", "-o", output],
        ],
        { cwd, env: { XDG_STATE_HOME: state }, ...started },
      ),
    stored: (output: string) => read(output, "evidence.json") as Stored,
    report: (output: string) => read(output, "report.json") as Reported,
  };
}

export const suiteResults = ({ inputs }: Stored) => (inputs.networkPolicyResults ?? inputs.conformanceResults)?.value;
export const networkingVerdict = ({ testcases }: Reported) =>
  testcases.find(({ id }) => id === "kaas-networking-check")?.verdict;
export const policyResult = ({ results }: Reported) => results.find(({ check }) => check === "scs-0219/network-policy");

/** A user who has what `plan --role` prints for such a run, and nothing else. */
export async function plannedUser({ apply, kubectl }: RealNodes): Promise<User> {
  const { stdout } = await run(["plan", ...chosen, "--role"]);
  await apply(stdout);
  await kubectl(["create", "clusterrolebinding", "planned", "--clusterrole=scs-conformance", "--user=planned"]);
  const own = "{range .items[?(@.metadata.name=='scs-conformance')]}{.metadata.namespace}{\"\\n\"}{end}";
  const namespaces = await kubectl(["get", "roles", "-A", "-o", `jsonpath=${own}`]);
  for (const namespace of namespaces.split("\n").filter((name) => name !== ""))
    await kubectl(["create", "rolebinding", "planned", "-n", namespace, "--role=scs-conformance", "--user=planned"]);
  return { name: "planned", groups: [] };
}
