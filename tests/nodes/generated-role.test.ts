/** On real nodes: whoever has what `plan --role` prints does all that is planned; with one right less, what is announced stays open. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadScope } from "../../src/app/scope.ts";
import { planFor } from "../../src/app/selected.ts";
import { rolesFor } from "../../src/engine/role.ts";
import type { Evidence } from "../../src/model/evidence.ts";
import type { Right } from "../../src/model/probe.ts";
import type { Report } from "../../src/model/report.ts";
import { describeRight } from "../../src/model/right-text.ts";
import { type RealNodes, realNodes } from "../../testbed/real-nodes/real-nodes.ts";
import { boundAccount } from "../support/bound-account.ts";
import { run } from "../support/command.ts";
import { checkedOn } from "../support/expected-outcomes.ts";
import { scratchFolder } from "../support/scratch.ts";

let cluster: RealNodes;
beforeAll(async () => {
  cluster = await realNodes();
});
afterAll(() => cluster?.stop());

async function rightsFor(only: readonly string[]): Promise<readonly Right[]> {
  const { scope } = await loadScope("scs-compatible-kaas", undefined);
  return planFor(scope, { only, skip: [], tier: "system", includeProposed: true }, checkedOn, [], { image: "nodes" })
    .rights;
}

/** A run of tier system by an account that has these rights, and what it is told beforehand. */
async function looked(name: string, rights: readonly Right[], only: readonly string[]) {
  const kubeconfig = await boundAccount(cluster, name, rolesFor(rights), rights);
  const cwd = scratchFolder();
  const chosen = [
    ...["--kubeconfig", kubeconfig, "--tier", "system", "--include", "proposed", "--image", "nodes"],
    ...(only.length === 0 ? [] : ["--only", only.join(",")]),
  ];
  const announced = await run(["plan", "--preflight", ...chosen], { cwd });
  const ended = await run(["check", ...chosen, "--request-timeout", "60s", "--subject", "real-nodes", "-o", "run"], {
    cwd,
  });
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(cwd, "run", file), "utf8"));
  expect(ended.stderr).not.toContain("defect");
  return { announced, report: read("report.json") as Report, evidence: read("evidence.json") as Evidence };
}

function forbiddenIn({ facts }: Evidence): readonly string[] {
  const { items } = facts.gathering;
  return Object.keys(items).filter((id) => /"reason":"(forbidden|unauthorized)"/.test(JSON.stringify(items[id])));
}

/** What was not seen of the cluster itself, with the reason. */
function unavailableIn({ facts }: Evidence): readonly string[] {
  return Object.entries(facts.gathering.items).flatMap(([id, fact]) =>
    fact.status === "unavailable" && id.startsWith("kube/") ? [`${id} ${fact.reason}`] : [],
  );
}

const openIn = ({ results }: Report) =>
  results.filter(({ outcome }) => outcome === "undetermined").map(({ requirement }) => requirement);

test("an account with the printed rights, and no other, does all that is planned and leaves nothing", async () => {
  const { announced, report, evidence } = await looked("planned", await rightsFor([]), []);
  expect(announced.code).toBe(0);
  expect(forbiddenIn(evidence)).toEqual([]);
  expect(unavailableIn(evidence)).toEqual([]);
  expect(report.cleanup?.created).toBeGreaterThan(10);
  expect(report.cleanup?.left).toBe(0);
});

describe("an account with one right less", () => {
  const policies = ["scs-0219-v1/network-policy"];
  const kubelets = ["scs-0217-v1/kubelet-anonymous", "scs-0217-v1/kubelet-webhook"];
  const tokens = ["scs-0217-v1/service-account-tokens"];
  const rows: readonly [string, readonly string[]][] = [
    ["create networkpolicies in the run's own namespaces", policies],
    ["create pods/exec in the run's own namespaces", policies],
    ["get nodes/proxy", kubelets],
    ["create serviceaccounts/token in the run's own namespaces", tokens],
  ];
  test.each(rows)("may not %s: what that decides is announced, and stays open", async (right, only) => {
    const rights = await rightsFor(only);
    const left = rights.filter((one) => describeRight(one) !== right);
    expect(left).toHaveLength(rights.length - 1);
    const { announced, report, evidence } = await looked(right.replace(/[^a-z]+/g, "-"), left, only);
    expect(announced.code).toBe(2);
    const lost = announced.stdout.split("It may then leave open:")[1] ?? "";
    expect(announced.stdout).toContain(`Without the right to ${right}`);
    expect(forbiddenIn(evidence)).not.toEqual([]);
    for (const requirement of openIn(report)) expect(lost).toContain(requirement);
    expect(report.cleanup?.left ?? 0).toBe(0);
  });
});
