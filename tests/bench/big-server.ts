/**
 * An API server of 5,000 nodes (4.7 kB each) and 50,000 pods (7 kB each) on loopback; everything else is the recording of
 * the demo. Says where it is in one line of JSON, answers each line on stdin with its counters, ends with stdin.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { createAuthority, issue } from "../../testbed/certificates.ts";
import { writeKubeconfig } from "../../testbed/kubeconfig.ts";
import { podObject } from "../../testbed/pods.ts";
import { type BigList, pageOf, template } from "./big-lists.ts";

interface Recorded {
  readonly path: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const [folder = ".", nodeCount = "5000", podCount = "50000"] = process.argv.slice(2);
const recording = JSON.parse(readFileSync("fixtures/demo/recording.json", "utf8")) as { answers: readonly Recorded[] };
const recorded = new Map(recording.answers.map((answer) => [answer.path, answer]));

const authority = await createAuthority("bench-ca");
const caText = JSON.stringify(authority.certificate).slice(1, -1);
const big: Readonly<Record<string, BigList>> = {
  "/api/v1/nodes": { kind: "NodeList", count: Number(nodeCount), item: nodeItem() },
  "/api/v1/pods": { kind: "PodList", count: Number(podCount), item: podItem() },
};

let connections = 0;
let requests = 0;
let bytes = 0;
const serving = await issue(authority, { commonName: "bench", usages: ["server"], addresses: ["127.0.0.1"] });
const server = createServer({ cert: serving.certificate, key: serving.key }, (request, response) => {
  const url = new URL(request.url ?? "/", "https://bench");
  const list = url.searchParams.has("labelSelector") ? undefined : big[url.pathname];
  const answer = recorded.get(request.url ?? "");
  const body = list
    ? pageOf(list, Number(url.searchParams.get("limit") ?? 0), url.searchParams.get("continue"))
    : (answer?.body ?? '{"kind":"Status","status":"Failure","reason":"NotFound","code":404}').replaceAll(
        "@@CLUSTER-CA@@",
        caText,
      );
  const content = Buffer.from(body);
  requests += 1;
  bytes += content.length;
  const json = { "content-type": "application/json" };
  response.writeHead(list ? 200 : (answer?.status ?? 404), {
    ...(answer?.headers ?? json),
    "content-length": content.length,
  });
  response.end(content);
});
server.on("secureConnection", () => {
  connections += 1;
});
server.listen(0, "127.0.0.1", () => {
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = "bench-token";
  const kubeconfig = writeKubeconfig(path.join(folder, "kubeconfig"), url, authority.certificate, "bench", { token });
  console.log(JSON.stringify({ kubeconfig }));
});
createInterface({ input: process.stdin })
  .on("line", () => {
    console.log(JSON.stringify({ connections, requests, bytes }));
    connections = requests = bytes = 0;
  })
  .on("close", () => process.exit(0));

/** A worker of the recording, with a name, machine and address of its own. */
function nodeItem(): string {
  const list = recording.answers.find((answer) => answer.path === "/api/v1/nodes?limit=500");
  const nodes = (JSON.parse(list?.body ?? "{}") as { items: readonly Record<string, object>[] }).items;
  const node = nodes.at(-1) ?? {};
  const name = "node-@@@@@@";
  const status = node.status as { nodeInfo: object } | undefined;
  const nodeInfo = { ...status?.nodeInfo, machineID: `m@@@@@@`, systemUUID: `s@@@@@@`, bootID: `b@@@@@@` };
  return template({ ...node, metadata: { ...node.metadata, name }, status: { ...status, nodeInfo } }, 4700);
}

function podItem(): string {
  const pod = podObject(0, "node-@@@@@@") as { metadata: object; [part: string]: unknown };
  return template({ ...pod, metadata: { ...pod.metadata, name: "pod-@@@@@@", namespace: "load-001" } }, 7000);
}
