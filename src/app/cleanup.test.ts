import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { connectedLoopback } from "../../tests/support/connected-loopback.ts";
import { statusObject } from "../../tests/support/loopback-response.ts";
import { type ObjectStore, objectStore, put } from "../../tests/support/object-store.ts";
import { scratchFolder } from "../../tests/support/scratch.ts";
import { type LedgerStep, openLedger } from "../kubernetes/acting/ledger.ts";
import { marked } from "../kubernetes/acting/marks.ts";
import { processMark } from "../kubernetes/acting/process-mark.ts";
import type { JsonObject } from "../model/json.ts";
import { cleanup } from "./cleanup.ts";

const secret = "5e".repeat(32);
const before = "2026-11-26T10:00:00Z";
const after = "2099-11-28T10:00:00Z";
const now = () => new Date("2026-11-27T10:00:00Z");
const namespaces = "/api/v1/namespaces";

/** A process that has ended. */
const deadProcess = () => ({ ...processMark(), pid: spawnSync(process.execPath, ["-e", ""]).pid, started: "1" });

interface Setting {
  readonly store: ObjectStore;
  readonly folder: string;
  readonly cluster: string;
  readonly run: (more?: { run?: string; dryRun?: boolean; namespace?: string }) => ReturnType<typeof cleanup>;
}

async function setting(): Promise<Setting> {
  const store = objectStore();
  const { connection, loopback } = await connectedLoopback(store.handler);
  const folder = scratchFolder();
  return {
    store,
    folder,
    cluster: connection.clusterDigest,
    run: ({ run, dryRun = false, namespace } = {}) =>
      cleanup({
        cluster: {
          kubeconfig: loopback.kubeconfigFile,
          requestTimeout: 5_000,
          timeout: 60_000,
          acting: { stateFolder: folder, namespace },
        },
        folder: join(folder, "no-run"),
        run,
        dryRun,
        now,
        signal: new AbortController().signal,
      }),
  };
}

/** Puts what a run made there, and its ledger into the folder. */
function ranHere({ store, folder, cluster }: Setting, run: string, process = deadProcess(), expires = after) {
  const path = `${namespaces}/scs-conformance-${run}`;
  const made = put(
    store,
    path,
    marked({ metadata: { name: `scs-conformance-${run}` } }, path, { run, secret, expires }),
  );
  const head = { ledger: 1, run, secret, startedAt: before, expires, process, cluster } as const;
  const ledger = openLedger(folder, head);
  ledger.note({ path, step: "making" });
  ledger.close();
  return { path, uid: made.metadata.uid };
}

/** Puts what a run of another machine made there. */
function ranElsewhere({ store }: Setting, run: string, expires: string, more: JsonObject = {}) {
  const path = `${namespaces}/scs-conformance-${run}`;
  const object = marked({ metadata: { name: `scs-conformance-${run}`, ...more } }, path, { run, secret, expires });
  put(store, path, object);
  return path;
}

describe("cleanup", () => {
  it("says so when no run has left anything", async () => {
    expect(await (await setting()).run()).toEqual({ lines: ["No run has left anything."], left: 0, unseen: [] });
  });

  it("removes what a killed run made, and its ledger", async () => {
    const given = await setting();
    ranHere(given, "k3v9x");
    const { lines, left } = await given.run();
    expect({ lines, left }).toEqual({ lines: ["namespaces scs-conformance-k3v9x: gone, of the run k3v9x"], left: 0 });
    expect(given.store.objects.size).toBe(0);
    expect(readdirSync(given.folder)).toEqual([]);
  });

  it("says first what it would remove", async () => {
    const given = await setting();
    const { path } = ranHere(given, "k3v9x");
    const { lines, left } = await given.run({ dryRun: true });
    expect({ lines, left }).toEqual({
      lines: ["namespaces scs-conformance-k3v9x: would be removed, of the run k3v9x"],
      left: 1,
    });
    expect(given.store.objects.has(path)).toBe(true);
  });

  it("leaves a run that is at work, and one that may be on another machine", async () => {
    const given = await setting();
    ranHere(given, "k3v9x", processMark());
    ranHere(given, "b7c8d", { ...deadProcess(), host: "another.example" });
    ranElsewhere(given, "zzzzz", after);
    const { lines, left } = await given.run();
    expect(lines).toEqual([
      `The run b7c8d may be at work on another machine; what it made can be removed after ${after}.`,
      "The run k3v9x is at work; what it made stays.",
      `The run zzzzz may be at work on another machine; what it made can be removed after ${after}.`,
    ]);
    expect(left).toBe(0);
    expect(given.store.objects.size).toBe(3);
  });

  it("removes what has expired without a ledger, and does not trust a clock that is ahead", async () => {
    const given = await setting();
    ranElsewhere(given, "zzzzz", before);
    expect((await given.run()).lines).toEqual(["namespaces scs-conformance-zzzzz: gone, of the run zzzzz"]);
    // the server's clock is that of this machine, long before
    ranElsewhere(given, "yyyyy", "2098-01-01T00:00:00Z");
    const ahead = await cleanupAt(given, new Date("2099-01-01T00:00:00Z"));
    expect(ahead).toEqual([expect.stringContaining("may be at work on another machine")]);
  });

  it.each<[string, (given: Setting) => string]>([
    ["a namespace of Sonobuoy's", ({ store }) => mark(store, `${namespaces}/sonobuoy`, {})],
    ["labels alone", ({ store }) => mark(store, `${namespaces}/scs-conformance-zzzzz`, { annotations: undefined })],
    [
      "marks that were copied to another object",
      ({ store }) => mark(store, `${namespaces}/scs-conformance-zzzzz-more`, {}),
    ],
    ["marks without an end", ({ store }) => mark(store, `${namespaces}/scs-conformance-zzzzz`, { expires: "never" })],
    ["another run's name", ({ store }) => mark(store, `${namespaces}/scs-conformance-zzzzz`, { run: "yyyyy" })],
  ])("lists and leaves %s", async (_, place) => {
    const given = await setting();
    const path = place(given);
    const { lines, left } = await given.run();
    expect(lines).toEqual([
      `namespaces ${path.split("/").at(-1)}: bears our labels, but nothing proves that a run made it; it stays`,
    ]);
    expect(left).toBe(0);
    expect(given.store.objects.has(path)).toBe(true);
  });

  it("leaves what bears the name of what a ledger knows by another uid", async () => {
    const given = await setting();
    const { path } = ranHere(given, "k3v9x");
    given.store.objects.delete(path);
    put(given.store, path);
    expect((await given.run()).left).toBe(0);
    expect(given.store.objects.has(path)).toBe(true);
  });

  it("removes only the run that is named", async () => {
    const given = await setting();
    ranHere(given, "k3v9x");
    ranHere(given, "b7c8d");
    expect((await given.run({ run: "k3v9x" })).lines).toEqual([
      "namespaces scs-conformance-k3v9x: gone, of the run k3v9x",
    ]);
    expect((await given.run({ run: "w2w2w" })).lines).toEqual(["Nothing of a run w2w2w is there."]);
    expect([...given.store.objects.keys()]).toEqual([`${namespaces}/scs-conformance-b7c8d`]);
  });

  it("finds what runs left in a namespace that they were given", async () => {
    const given = await setting();
    const path = `${namespaces}/tenant/pods/writer-zzzzz`;
    put(
      given.store,
      path,
      marked({ metadata: { name: "writer-zzzzz" } }, path, { run: "zzzzz", secret, expires: before }),
    );
    put(given.store, `${namespaces}/tenant/pods/somebody-else`, {});
    expect((await given.run({ namespace: "tenant" })).lines).toEqual([
      "pods tenant/writer-zzzzz: gone, of the run zzzzz",
    ]);
    expect([...given.store.objects.keys()]).toEqual([`${namespaces}/tenant/pods/somebody-else`]);
  });

  it("says what it could not look at", async () => {
    const given = await setting();
    given.store.before = ({ url }) =>
      url.pathname === namespaces ? { status: 403, body: statusObject(403, "no") } : undefined;
    expect(await given.run()).toEqual({
      lines: ["No run has left anything that can be seen."],
      left: 0,
      unseen: ["namespaces"],
    });
  });

  it("takes a ledger that was cut off, and none that is not ours", async () => {
    const given = await setting();
    const { path } = ranHere(given, "k3v9x");
    const { appendFileSync, writeFileSync } = await import("node:fs");
    appendFileSync(`${given.folder}/k3v9x.ledger.jsonl`, '{"path":"/api/v1/names');
    const lies: readonly LedgerStep[] = [{ path: "/api/v1/namespaces/kube-system", step: "made" }];
    writeFileSync(`${given.folder}/other.ledger.jsonl`, lies.map((step) => JSON.stringify(step)).join("\n"));
    expect((await given.run()).left).toBe(0);
    expect(given.store.objects.has(path)).toBe(false);
    expect(existsSync(`${given.folder}/other.ledger.jsonl`)).toBe(true);
  });
});

async function cleanupAt(given: Setting, date: Date): Promise<readonly string[]> {
  const { connection, loopback } = await connectedLoopback(given.store.handler);
  expect(connection.clusterDigest).not.toBe(given.cluster);
  const { lines } = await cleanup({
    cluster: {
      kubeconfig: loopback.kubeconfigFile,
      requestTimeout: 5_000,
      timeout: 60_000,
      acting: { stateFolder: given.folder },
    },
    folder: join(given.folder, "no-run"),
    run: undefined,
    dryRun: false,
    now: () => date,
    signal: new AbortController().signal,
  });
  return lines;
}

/** An object with marks of the run zzzzz that somebody put on it. */
function mark(
  store: ObjectStore,
  path: string,
  { run = "zzzzz", expires = before, ...more }: { run?: string; expires?: string; annotations?: undefined },
): string {
  const copied = marked({ metadata: { name: "x" } }, `${namespaces}/scs-conformance-zzzzz`, { run, secret, expires });
  const metadata = { ...(copied.metadata as JsonObject) } as { [key: string]: unknown };
  if ("annotations" in more) delete metadata.annotations;
  put(store, path, { metadata: metadata as JsonObject });
  return path;
}
