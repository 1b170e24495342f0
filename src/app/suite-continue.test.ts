import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { connectedLoopback } from "../../tests/support/connected-loopback.ts";
import { objectStore, put } from "../../tests/support/object-store.ts";
import { scratchFolder } from "../../tests/support/scratch.ts";
import { openLedger } from "../kubernetes/acting/ledger.ts";
import { marked } from "../kubernetes/acting/marks.ts";
import { processMark } from "../kubernetes/acting/process-mark.ts";
import { suiteRecipes } from "../model/conformance/suite-kind.ts";
import { suiteJob } from "../model/conformance/suite-objects.ts";
import { openActing } from "./acting.ts";
import { outlivingSuite } from "./suite-continue.ts";

const run = "k3v9x";
const namespace = `scs-conformance-${run}`;
const name = `suite-${run}`;
const now = new Date("2026-11-27T10:00:00Z");
const secret = "5e".repeat(32);

/** A run of the NetworkPolicy specs whose program was killed; its pod is as `phase` says. */
async function killed({ phase = "Running", focus = "egress", expires = "2099-11-28T10:00:00Z" } = {}) {
  const store = objectStore();
  const { connection, loopback } = await connectedLoopback(store.handler);
  const folder = scratchFolder();
  const process = { ...processMark(), pid: spawnSync("true").pid, started: "1" };
  const head = { secret, startedAt: "2026-11-27T09:00:00Z", expires, process, cluster: connection.clusterDigest };
  const ledger = openLedger(folder, { ledger: 1, run, ...head });
  const recipe = suiteRecipes.networkpolicy;
  const job = suiteJob({
    namespace,
    name,
    image: "registry.k8s.io/conformance:v1.37.2",
    kind: "networkpolicy",
    recipe,
    focus,
  });
  for (const [path, object] of [
    [`/api/v1/namespaces/${namespace}`, { metadata: { name: namespace } }],
    [`/apis/batch/v1/namespaces/${namespace}/jobs/${name}`, job],
  ] as const) {
    const { metadata } = put(store, path, marked(object, path, { run, secret, expires }));
    ledger.note({ path, step: "made", uid: metadata.uid });
  }
  ledger.close();
  put(store, `/api/v1/namespaces/${namespace}/pods/${name}-x1`, {
    metadata: { labels: { "batch.kubernetes.io/job-name": name } },
    status: { phase },
  });
  const cluster = {
    kubeconfig: loopback.kubeconfigFile,
    requestTimeout: 5_000,
    timeout: 60_000,
    acting: { stateFolder: folder },
  };
  return { store, connection, cluster, folder };
}

test("a run that outlived its program is found by the machine's ledger, and cleaned up by it", async () => {
  const { store, connection, cluster, folder } = await killed();
  const found = await outlivingSuite(connection, cluster, { kind: "networkpolicy", focus: "egress" }, now);
  expect(found).toMatchObject({ run, place: { namespace, pod: `${name}-x1` } });
  expect(await found?.cleanUp(new AbortController().signal)).toEqual({ created: 2, left: 0 });
  expect([...store.objects.keys()].filter((path) => path.startsWith("/api/v1/"))).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test("it may stay, with what is left to fetch, and is found again", async () => {
  const { connection, cluster } = await killed();
  const wanted = { kind: "networkpolicy", focus: "egress" } as const;
  const found = await outlivingSuite(connection, cluster, wanted, now);
  const because = "its results were not fetched yet";
  expect(await found?.keep(because)).toEqual({
    created: 2,
    left: 2,
    remains: [
      { kind: "namespaces", name: namespace, because },
      { kind: "jobs", namespace, name, because },
    ],
  });
  expect(await outlivingSuite(connection, cluster, wanted, now)).toMatchObject({ run });
});

test.each([
  ["another kind", {}, { kind: "full", focus: "egress" }],
  ["another part of the specs", {}, { kind: "networkpolicy" }],
  ["a pod whose results are gone", { phase: "Failed" }, { kind: "networkpolicy", focus: "egress" }],
] as const)("%s is not gone on with", async (_, state, wanted) => {
  const { connection, cluster } = await killed(state);
  expect(await outlivingSuite(connection, cluster, wanted, now)).toBeUndefined();
});

test.each([
  ["stays while it may be taken up", "2099-11-28T10:00:00Z", true, /goes on without its program/],
  ["goes when its time is over", "2026-11-27T09:30:00Z", false, /had ended without removing/],
])("another acting run begins: it %s", async (_, expires, stays, notice) => {
  const { store, connection, cluster } = await killed({ expires });
  const notices: string[] = [];
  const signal = new AbortController().signal;
  const acting = await openActing(connection, cluster, {
    now: () => now,
    signal,
    onNotice: (line) => notices.push(line),
  });
  expect(notices).toEqual([expect.stringMatching(notice)]);
  expect(store.objects.has(`/api/v1/namespaces/${namespace}`)).toBe(stays);
  await acting.cleanUp();
});
