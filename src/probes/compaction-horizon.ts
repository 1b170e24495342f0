import type { Answer, ClusterReader } from "../model/cluster.ts";
import { type Reading, read } from "../model/fact.ts";
import { instantAt } from "../model/instant.ts";
import { defineProbe, type ProbeContext } from "../model/probe.ts";
import { type DatedRevision, datedRevisions, revisionOf } from "./dated-revisions.ts";
import { malformed } from "./reading.ts";
import { listAt, textAt } from "./untrusted.ts";

/** Events are never served from the watch cache, so etcd itself answers (also with list snapshots, on since 1.34). */
const eventsPath = "/api/v1/events";
const leasesPath = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
/** 350 revisions are told apart by ten questions. */
const [mostEvents, mostLeases] = [250, 100];

export const compactionHorizonProbe = defineProbe({
  id: "kube/compaction-horizon",
  title: "how far back etcd knows its history",
  tier: "observe",
  rights: [
    { kind: "resource", verb: "list", group: "", resource: "events" },
    { kind: "resource", verb: "list", group: "coordination.k8s.io", resource: "leases", namespace: "kube-system" },
  ],
  requests: 12,
  after: ["kube/readyz"],
  async collect(context) {
    const { cluster } = context;
    const separateStore = await storesOf(context);
    // Leases first: what they carry is then below the revision of the events.
    const leases = separateStore === "no" ? await page(cluster, `${leasesPath}?limit=${mostLeases}`) : undefined;
    const events = await page(cluster, `${eventsPath}?limit=${mostEvents}`);
    if (!events.ok) return events;
    const newest = revisionOf(events.value.list);
    const now = Date.parse(events.value.date);
    if (newest === undefined || Number.isNaN(now)) return malformed("the list of events");
    const objects = [events, leases].flatMap((one) => (one?.ok ? listAt(one.value.list, "items") : []));
    const revisions = datedRevisions(objects, newest, now);
    const horizon = await bisect(revisions, (revision) => isKept(cluster, revision));
    if (!horizon.ok) return horizon;
    return read({ serverTime: instantAt(now), separateStore, revisions: revisions.length, ...horizon.value });
  },
});

async function storesOf({ fact }: ProbeContext): Promise<"no" | "yes" | "unknown"> {
  const readyz = await fact("kube/readyz");
  if (readyz.status === "unavailable") return "unknown";
  return readyz.value.checks.some(({ name }) => name.startsWith("etcd-override")) ? "yes" : "no";
}

/** The first page of a list; whatever comes after it is not needed. */
async function page(cluster: ClusterReader, path: string): Promise<Reading<{ list: unknown; date: string }>> {
  const answer = await cluster.get(path);
  if (!answer.ok) return answer;
  return read({ list: parse(answer.value), date: answer.value.headers.date ?? "" });
}

/** Whether the history is still there at a revision. Asked is only for such as have been, never for one to come. */
async function isKept(cluster: ClusterReader, { resourceVersion }: DatedRevision): Promise<Reading<boolean>> {
  const path = `${eventsPath}?limit=1&resourceVersionMatch=Exact&resourceVersion=${resourceVersion}`;
  const answer = await cluster.get(path, { answers: [410] });
  if (!answer.ok) return answer;
  const body = parse(answer.value);
  if (answer.value.status === 410) return textAt(body, "reason") === "Expired" ? read(false) : malformed("410");
  // An answer of another revision would come from a cache, and say nothing about etcd.
  return textAt(body, "metadata", "resourceVersion") === resourceVersion
    ? read(true)
    : malformed("a list at an exact resource version");
}

interface Horizon {
  readonly compacted?: DatedRevision;
  readonly kept?: DatedRevision;
}

/** The youngest compacted and the oldest kept of the revisions; what was found before an answer failed stands. */
async function bisect(
  revisions: readonly DatedRevision[],
  kept: (revision: DatedRevision) => Promise<Reading<boolean>>,
): Promise<Reading<Horizon>> {
  let [low, high] = [-1, revisions.length];
  // The oldest first: on a young cluster it is there, and one question is enough.
  for (let next = 0; low + 1 < high; next = Math.floor((low + high) / 2)) {
    const revision = revisions[next];
    if (revision === undefined) break;
    const answer = await kept(revision);
    if (!answer.ok && low < 0 && high === revisions.length) return answer;
    if (!answer.ok) break;
    if (answer.value) high = next;
    else low = next;
  }
  const [compacted, oldest] = [revisions[low], revisions[high]];
  return read({ ...(compacted ? { compacted } : {}), ...(oldest ? { kept: oldest } : {}) });
}

function parse({ body }: Answer): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
