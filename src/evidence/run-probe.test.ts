import { expect, it } from "vitest";
import type { Asks, ClusterAsker } from "../model/asking.ts";
import type { ClusterReader } from "../model/cluster.ts";
import { read } from "../model/fact.ts";
import { Defect } from "../model/faults.ts";
import type { AnyProbe } from "../model/probe.ts";
import { createRedactor } from "./redactor.ts";
import { runProbe } from "./run-probe.ts";

const as = { user: "system:node:x", groups: [] };
const asker: ClusterAsker = {
  create: async () => read({ status: 201, body: {} }),
  patch: async () => read({ status: 200, body: {} }),
  review: async () => read({}),
};

/** Runs a probe that names what it asks, and asks something. */
function asking(asks: Asks, question: (asker: ClusterAsker) => unknown) {
  const probe = {
    id: "kube/readyz",
    title: "asking",
    tier: "dry-run",
    rights: [],
    asks,
    requests: 1,
    collect: async ({ ask }: { readonly ask: ClusterAsker }) => {
      await question(ask);
      return read({ checks: [] });
    },
  } as unknown as AnyProbe;
  return runProbe(probe, {
    views: { cluster: { reader: {} as ClusterReader, asker, requests: [] } },
    redactor: createRedactor(new Uint8Array(32)),
    tier: "dry-run",
    now: () => new Date(0),
    silence: () => undefined,
    factOf: () => undefined,
  });
}

const review = ({ review: ask }: ClusterAsker) => ask("/apis/authorization.k8s.io/v1/subjectaccessreviews", {});

it.each<[string, Asks, (asker: ClusterAsker) => unknown]>([
  ["a dry run", { dryRuns: true }, ({ create }) => create("/api/v1/nodes", {})],
  ["a dry run in another's name", { dryRuns: true, as: "x" }, ({ patch }) => patch("/api/v1/nodes/x", {}, { as })],
  ["a review", { reviews: true }, review],
])("a probe asks what it names: %s", async (_, asks, question) => {
  expect(await asking(asks, question)).toMatchObject({ status: "collected" });
});

it.each<[string, Asks, (asker: ClusterAsker) => unknown, string]>([
  ["a dry run", { reviews: true }, ({ create }) => create("/api/v1/nodes", {}), "dryRuns"],
  ["a dry run of a change", {}, ({ patch }) => patch("/api/v1/nodes/x", {}), "dryRuns"],
  ["in another's name", { dryRuns: true }, ({ patch }) => patch("/api/v1/nodes/x", {}, { as }), "as"],
  ["a review", { dryRuns: true }, review, "reviews"],
])("it is our defect when one asks what its plan does not tell: %s", async (_, asks, question, what) => {
  const failed = asking(asks, question);
  await expect(failed).rejects.toThrow(Defect);
  await expect(failed).rejects.toThrow(`does not name in \`asks\` what it asks: ${what}`);
});
