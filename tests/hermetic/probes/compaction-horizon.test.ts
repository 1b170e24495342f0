import { describe, expect, it } from "vitest";
import { gatherFrom, paths, served } from "../../support/gathering.ts";
import { expired, forbidden, kubernetesRoutes } from "../../support/kubernetes-routes.ts";
import type { LoopbackResponse } from "../../support/loopback-response.ts";

const now = Date.parse("2026-11-23T10:00:00Z");
const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString().replace(".000", "");

/** Revision 10 000 - 10 N was written N minutes ago. */
const event = (minutes: number) => ({
  metadata: {
    resourceVersion: String(10_000 - 10 * minutes),
    creationTimestamp: minutesAgo(minutes),
    managedFields: [{ time: minutesAgo(minutes) }],
  },
  lastTimestamp: minutesAgo(minutes),
});
const lease = (revision: number, seconds: number) => ({
  metadata: { name: `lease-${revision}`, resourceVersion: String(revision), creationTimestamp: minutesAgo(60) },
  spec: { renewTime: minutesAgo(seconds / 60) },
});

interface Store {
  readonly events: readonly object[];
  /** Revisions up to this one are gone. */
  readonly compacted?: number;
  readonly leases?: readonly object[];
  readonly readyz?: string;
  readonly exact?: (revision: number) => LoopbackResponse | undefined;
}

async function look({ events, compacted = 0, leases = [], readyz = "[+]ping ok\n", exact }: Store) {
  const dated = (items: readonly object[], resourceVersion: string) => ({
    headers: { date: new Date(now).toUTCString() },
    body: { kind: "List", metadata: { resourceVersion }, items },
  });
  const others = kubernetesRoutes({ [paths.version]: served("v1.37.0"), [paths.readyz]: readyz });
  const gathered = await gatherFrom(
    (request) => {
      const { pathname, searchParams } = request.url;
      if (pathname === paths.leases) return dated(leases, "9999");
      if (pathname !== paths.events) return others(request);
      const revision = searchParams.get("resourceVersion");
      if (revision === null) return dated(events, "10000");
      return exact?.(Number(revision)) ?? (Number(revision) < compacted ? expired : dated([], revision));
    },
    ["kube/compaction-horizon"],
  );
  const asked = gathered.loopback.requests.flatMap(
    ({ path }) => new URL(path, "https://x").searchParams.get("resourceVersion") ?? [],
  );
  return { ...gathered, asked: asked.map(Number) };
}

describe("compaction horizon", () => {
  it("finds where history begins among an hour of events, with few questions, all about the past", async () => {
    const { value, asked, loopback } = await look({
      events: Array.from({ length: 60 }, (_, index) => event(index + 1)),
      compacted: 9925,
      leases: [lease(9998, 3)],
    });
    expect(value("kube/compaction-horizon")).toEqual({
      serverTime: "2026-11-23T10:00:00Z",
      separateStore: "no",
      revisions: 61,
      compacted: { resourceVersion: "9920", at: "2026-11-23T09:52:00Z" },
      kept: { resourceVersion: "9930", at: "2026-11-23T09:53:00Z" },
    });
    expect(asked.length).toBeLessThanOrEqual(8);
    expect(Math.max(...asked)).toBeLessThan(10_000);
    expect(loopback.requests.length).toBeLessThanOrEqual(12);
  });

  it("asks once on a young cluster: the oldest revision is there", async () => {
    const { value, asked } = await look({ events: [event(3), event(1), event(2)] });
    expect(asked).toEqual([9970]);
    expect(value("kube/compaction-horizon")).toMatchObject({ kept: { at: "2026-11-23T09:57:00Z" } });
    expect(value("kube/compaction-horizon")).not.toHaveProperty("compacted");
  });

  it("may find everything compacted", async () => {
    const { value } = await look({ events: [event(30), event(20)], compacted: 9990 });
    expect(value("kube/compaction-horizon")).toMatchObject({ compacted: { resourceVersion: "9800" }, revisions: 2 });
    expect(value("kube/compaction-horizon")).not.toHaveProperty("kept");
  });

  it("leaves leases out when events may live in an etcd of their own", async () => {
    const store = { events: [event(3)], leases: [lease(5000, 120)], compacted: 6000 };
    const apart = await look({ ...store, readyz: "[+]etcd ok\n[+]etcd-override-0 ok\n" });
    expect(apart.value("kube/compaction-horizon")).toMatchObject({ separateStore: "yes", revisions: 1 });
    const unknown = await look({ ...store, readyz: "ok" });
    expect(unknown.value("kube/compaction-horizon")).toMatchObject({ separateStore: "unknown", revisions: 1 });
  });

  it("has nothing to ask about without dated revisions, and believes none of the future", async () => {
    const strange = [
      { metadata: { resourceVersion: "9000", creationTimestamp: minutesAgo(-5) } },
      { metadata: { resourceVersion: "10000", creationTimestamp: minutesAgo(5) } },
      { metadata: { resourceVersion: "0", creationTimestamp: minutesAgo(5) } },
      { metadata: { resourceVersion: "9000; DROP", creationTimestamp: minutesAgo(5) } },
      { metadata: { resourceVersion: "9001" } },
      null,
    ].filter((object) => object !== null);
    const { value, asked } = await look({ events: strange });
    expect(asked).toEqual([]);
    expect(value("kube/compaction-horizon").revisions).toBe(0);
  });

  it("dates an Event by itself only where nobody else does", async () => {
    const { metadata } = event(10);
    const series = { metadata: { ...metadata, managedFields: undefined }, lastTimestamp: minutesAgo(4) };
    const fresh = await look({ events: [series] });
    expect(fresh.value("kube/compaction-horizon").kept?.at).toBe("2026-11-23T09:56:00Z");
    const noted = await look({ events: [{ ...series, metadata }] });
    expect(noted.value("kube/compaction-horizon").kept?.at).toBe("2026-11-23T09:50:00Z");
  });

  it.each<[string, LoopbackResponse, string]>([
    ["a list of now instead of then", { body: { metadata: { resourceVersion: "10000" }, items: [] } }, "malformed"],
    ["a 410 of somebody else", { status: 410, body: "gone" }, "malformed"],
    ["403", forbidden(), "forbidden"],
    ["a page", { body: "<html>" }, "malformed"],
  ])("does not take %s for an answer", async (_, response, expected) => {
    const { reason } = await look({ events: [event(5)], exact: () => response });
    expect(reason("kube/compaction-horizon")).toBe(expected);
  });

  it("keeps what it knows when answers fail underway", async () => {
    const events = Array.from({ length: 16 }, (_, index) => event(index + 1));
    const { value } = await look({
      events,
      compacted: 9895,
      exact: (revision) => (revision === 9900 ? { status: 500, body: "" } : undefined),
    });
    expect(value("kube/compaction-horizon")).toMatchObject({
      compacted: { resourceVersion: "9880" },
      kept: { resourceVersion: "9920" },
    });
  });
});
