import { expect, test } from "vitest";
import { connectedLoopback } from "../../tests/support/connected-loopback.ts";
import { statusObject } from "../../tests/support/loopback-response.ts";
import type { LoopbackHandler } from "../../tests/support/loopback-server.ts";
import type { JsonObject } from "../model/json.ts";
import { followSuite, type SuiteEvent } from "./follow.ts";

const pod = { namespace: "scs-conformance-abcde", name: "suite-abcde-x1" };
const path = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}`;
const digest = `sha256:${"a".repeat(64)}`;

const podWith = (state: JsonObject, status: JsonObject = {}): JsonObject => ({
  metadata: { name: pod.name },
  status: {
    phase: "Running",
    containerStatuses: [
      { name: "results", state: { running: {} } },
      { name: "suite", state, image: "registry.k8s.io/conformance:v1.37.2", imageID: `example/x@${digest}` },
    ],
    ...status,
  },
});
const running = podWith({ running: {} });
const ended = podWith({ terminated: { exitCode: 1 } });

const lines = [
  '2026-11-20T10:00:00.000000001Z   I1120 10:00:00.1 8 e2e.go:109] Starting e2e run "1abf14f2-15f4-4804-9118-d08ee59b4c85" on Ginkgo node 1',
  "2026-11-20T10:00:01.000000001Z Will run 2 of 3206 specs",
  "2026-11-20T10:00:02.000000001Z [sig-network] Netpol one [Feature:NetworkPolicy]",
  "2026-11-20T10:00:03.000000001Z • [1.5 seconds]",
  "2026-11-20T10:00:04.000000001Z [sig-network] Netpol two [Feature:NetworkPolicy]",
  "2026-11-20T10:00:05.000000001Z • [FAILED] [2.5 seconds]",
  "2026-11-20T10:00:06.000000001Z FAIL! -- 1 Passed | 1 Failed | 0 Pending | 3204 Skipped",
];

/** Pods one after the other, the last one again and again; the log shows all lines from the time that is asked for. */
function server(pods: readonly (JsonObject | number)[], shown = lines): LoopbackHandler {
  let asked = 0;
  return ({ url }) => {
    if (url.pathname === `${path}/log`) {
      const since = url.searchParams.get("sinceTime") ?? "";
      const body = shown.filter((line) => line.slice(0, since.length) >= since).join("\n");
      return { status: 200, headers: { "content-type": "text/plain" }, body: `${body}\n` };
    }
    const given = pods[Math.min(asked, pods.length - 1)];
    asked += 1;
    if (given === 404) return { status: 404, body: statusObject(404, `pods "${pod.name}" not found`) };
    return typeof given === "number" ? { status: given, body: {} } : { status: 200, body: given ?? {} };
  };
}

async function follow(handler: LoopbackHandler, patience = 60_000, signal = new AbortController().signal) {
  const { reader, loopback } = await connectedLoopback(handler);
  const events: SuiteEvent[] = [];
  const followed = await followSuite({
    cluster: reader,
    pod,
    signal,
    onEvent: (event) => events.push(event),
    milliseconds: 1,
    patienceMilliseconds: patience,
    silenceMilliseconds: patience,
  });
  return { followed, events, requests: loopback.requests };
}

test("from nothing to the end: every line is counted once, however often the log is asked for", async () => {
  const waiting = podWith({ waiting: { reason: "ContainerCreating" } }, { phase: "Pending" });
  const { followed, events, requests } = await follow(server([waiting, running, running, running, ended]));
  expect(followed).toMatchObject({
    ok: true,
    value: {
      exitCode: 1,
      image: `registry.k8s.io/conformance:v1.37.2@${digest}`,
      progress: {
        run: "1abf14f2-15f4-4804-9118-d08ee59b4c85",
        total: 2,
        done: 2,
        failed: 1,
        failures: ["[sig-network] Netpol two [Feature:NetworkPolicy]"],
        summary: "FAIL",
      },
    },
  });
  expect(events.map(({ kind }) => kind)).toEqual(["waiting", "progress"]);
  expect(requests.filter(({ path: asked }) => asked.includes("sinceTime=2026-11-20T10:00:06.000000001Z"))).toHaveLength(
    3,
  );
});

test("an API server that is gone for a while loses nothing", async () => {
  const { followed, events } = await follow(server([running, 500, 500, 500, 500, 500, 500, ended]));
  expect(followed).toMatchObject({ ok: true, value: { progress: { done: 2 } } });
  expect(events.map(({ kind }) => kind)).toContain("silence");
});

test.each<[string, readonly (JsonObject | number)[], string, RegExp]>([
  ["the pod is gone", [running, 404], "not-found", /removed the pod/],
  [
    "the pod is evicted",
    [running, podWith({ running: {} }, { phase: "Failed", reason: "Evicted", message: "The node was low on memory" })],
    "not-found",
    /low on memory/,
  ],
  [
    "the pod is being deleted",
    [{ ...running, metadata: { deletionTimestamp: "2026-11-20T10:00:00Z" } }],
    "not-found",
    /ended/,
  ],
  [
    "no node takes the pod",
    [
      {
        status: {
          phase: "Pending",
          conditions: [{ type: "PodScheduled", status: "False", message: "0/3 nodes are available" }],
        },
      },
    ],
    "timeout",
    /did not start: 0\/3 nodes/,
  ],
  [
    "the image cannot be had",
    [podWith({ waiting: { reason: "ImagePullBackOff", message: 'Back-off pulling image "x"\u001b[31m' } })],
    "timeout",
    /did not start: ImagePullBackOff: Back-off pulling image "x" \[31m/,
  ],
  ["the pod says nothing", [{}], "timeout", /not started yet/],
  ["the API server stays silent", [500], "timeout", /silent too long/],
])("%s: an answer with its reason", async (_, pods, reason, message) => {
  const { followed } = await follow(server(pods), 0);
  expect(followed).toMatchObject({ ok: false, reason, message: expect.stringMatching(message) });
});

test("an interrupt ends the watching at once", async () => {
  const { followed } = await follow(server([running]), 60_000, AbortSignal.abort());
  expect(followed).toMatchObject({ ok: false, reason: "timeout" });
});
