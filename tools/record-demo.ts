/** Records the cluster of `demo`: runs `check` through a proxy in front of a real control plane and keeps every answer. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as httpsRequest } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { check } from "../src/app/check.ts";
import { replayCertificates } from "../src/app/demo/certificate.ts";
import { isKeptSeries, type RecordedAnswer, type Recording } from "../src/app/demo/recording.ts";
import { caPlaceholder } from "../src/app/demo/replay-server.ts";
import { digestOf } from "../src/model/digest.ts";
import { addDays, instantAt } from "../src/model/instant.ts";
import type { Json } from "../src/model/json.ts";

import type { ControlPlane } from "../testbed/control-plane.ts";
import { kubeadmLike, throttlingFlags } from "../testbed/variants.ts";

const root = process.cwd();
const keptHeaders = /^(content-type|x-kubernetes-pf-.*-uid)$/;

/** The administrator's client certificate, key and CA out of a kubeconfig of the test cluster. */
function administrator(kubeconfig: string): { cert: Buffer; key: Buffer; ca: Buffer } {
  const text = readFileSync(kubeconfig, "utf8");
  const field = (name: string) =>
    Buffer.from(new RegExp(`${name}-data"?: "?([A-Za-z0-9+/=]+)`).exec(text)?.[1] ?? "", "base64");
  return { cert: field("client-certificate"), key: field("client-key"), ca: field("certificate-authority") };
}

async function main(): Promise<void> {
  // conformant, but for one thing to look at: no rate limit for events, as the draft scs-0215-v1 wants it
  const apiServers = Array(3).fill({ extraFlags: throttlingFlags });
  const cluster = await kubeadmLike({ withKwok: true, controlPlane: { apiServers } });
  try {
    const answers = await record(cluster);
    const recordedAt = instantAt(Date.now());
    const recording: Recording = {
      about: "A kubeadm-like cluster: real etcd and three kube-apiservers, nodes played by kwok.",
      recordedAt,
      answers,
      conformanceResults: sampleResults(recordedAt, versionOf(answers)),
      declarations: sampleDeclarations(recordedAt),
    };
    writeFileSync(path.join(root, "fixtures/demo/recording.json"), `${JSON.stringify(recording, null, 1)}\n`);
    console.log(`Recorded ${answers.length} answers of ${versionOf(answers)}.`);
  } finally {
    await cluster.stop();
  }
}

async function record(cluster: ControlPlane): Promise<RecordedAnswer[]> {
  const answers = new Map<string, RecordedAnswer>();
  const { cert, key, ca } = administrator(await cluster.kubeconfig());
  const own = await replayCertificates(new Date());
  const proxy = createServer({ cert: own.chainPem, key: own.keyPem }, (incoming, outgoing) => {
    const anonymous = incoming.headers.authorization === undefined;
    const accept = incoming.headers.accept ?? "";
    const target = new URL(incoming.url ?? "/", cluster.url);
    const forward = httpsRequest(target, { ca, ...(anonymous ? {} : { cert, key }), headers: { accept } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const status = answer.statusCode ?? 0;
        const all = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const);
        const headers = Object.fromEntries(all.filter(([name]) => keptHeaders.test(name)));
        const body = reduced(incoming.url ?? "/", Buffer.concat(chunks).toString("utf8"), ca.toString("utf8"));
        const path = incoming.url ?? "/";
        answers.set(`${path} ${accept} ${anonymous}`, { path, accept, anonymous, status, headers, body });
        outgoing.writeHead(status, { ...headers, date: answer.headers.date ?? "" });
        outgoing.end(body.replaceAll(caPlaceholder, JSON.stringify(own.caPem).slice(1, -1)));
      });
    });
    forward.end();
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const folder = mkdtempSync(path.join(tmpdir(), "scs-record-"));
  try {
    const kubeconfig = path.join(folder, "kubeconfig");
    const server = `https://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    writeFileSync(kubeconfig, kubeconfigText(server, own.caPem), { mode: 0o600 });
    await check({
      cluster: { kubeconfig, requestTimeout: 10_000, timeout: 60_000 },
      selection: { scope: "scs-compatible-kaas", only: [], skip: [], tier: "observe", includeProposed: true },
      inputs: {},
      signing: { passphrase: async () => undefined },
      folder: path.join(folder, "run"),
      formats: [],
      now: () => new Date(),
      onEvent: () => undefined,
      signal: new AbortController().signal,
    });
  } finally {
    proxy.closeAllConnections();
    proxy.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return [...answers.values()].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function reduced(asked: string, body: string, ca: string): string {
  if (asked.startsWith("/metrics")) {
    const kept = body.split("\n").filter(isKeptSeries);
    return `${kept.join("\n")}\n`;
  }
  if (!body.startsWith("{")) return body;
  const slim = JSON.stringify(
    JSON.parse(body, (name, value: unknown) => (name === "managedFields" ? undefined : value)),
  );
  return slim.replaceAll(JSON.stringify(ca).slice(1, -1), caPlaceholder);
}

function versionOf(answers: readonly RecordedAnswer[]): string {
  const version = answers.find((answer) => answer.path === "/version");
  return (JSON.parse(version?.body ?? "{}") as { gitVersion?: string }).gitVersion ?? "unknown";
}

/** The upstream specs of a minor; ranges are `1.36` or `1.32-1.36`, numbers of two digits. */
function specsOf(kind: "conformance" | "networkPolicy", minor: string): readonly string[] {
  const text = readFileSync(path.join(root, "standards/data/conformance/specs.json"), "utf8");
  const ranges = (JSON.parse(text) as { [kind: string]: { [name: string]: string } })[kind] ?? {};
  const within = ([from = "", to = from]: readonly string[]) => from <= minor && minor <= to;
  return Object.entries(ranges).flatMap(([name, range]) => (within(range.split("-")) ? [name] : []));
}

function sampleResults(recordedAt: string, version: string): Recording["conformanceResults"] {
  const minor = /^v(\d+\.\d+)/.exec(version)?.[1] ?? "";
  const count = specsOf("conformance", minor).length;
  const specs = specsOf("networkPolicy", minor);
  const passed = specs.filter((name) => !name.includes("SCTPConnectivity"));
  const at = addDays(recordedAt, -2);
  const value: Json = {
    tool: "sample results of the demo",
    source: "0".repeat(64),
    finishedAt: at,
    kubernetesVersion: version,
    run: { dryRun: false, parallel: false, flakeAttempts: 1, focus: [], skip: [] },
    executed: count + passed.length,
    conformance: { minor, required: count, passed: count, failed: [], notExecuted: [], flaked: [] },
    networkPolicy: {
      minor,
      required: specs.length,
      passed,
      failed: [],
      notExecuted: specs.filter((name) => !passed.includes(name)),
      flaked: [],
    },
  };
  return { at, sha256: digestOf(value), value };
}

function sampleDeclarations(recordedAt: string): Recording["declarations"] {
  const declared = (requirement: string, statement: string): Recording["declarations"]["declarations"][number] => ({
    requirement,
    claim: "holds",
    statement: `Sample: ${statement}`,
    declaredAt: addDays(recordedAt, -20),
    validUntil: addDays(recordedAt, 70),
  });
  return {
    subject: "demo-cloud-1.37",
    declarant: "Sample: nobody, for a demonstration",
    declarations: [
      declared("scs-0210-v2/minor-recency", "1.37 was offered eleven weeks after its release"),
      declared("scs-0210-v2/branch-support", "all branches that upstream supports are offered"),
      declared(
        "scs-0214-v2/control-plane-hosts",
        "a server group with hard anti-affinity holds the control-plane nodes",
      ),
      declared("scs-0214-v2/labels-current", "the cloud controller manager writes the topology labels"),
    ],
  };
}

function kubeconfigText(server: string, caPem: string): string {
  const data = Buffer.from(caPem).toString("base64");
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "record",
    clusters: [{ name: "record", cluster: { server, "certificate-authority-data": data } }],
    users: [{ name: "record", user: { token: "record" } }],
    contexts: [{ name: "record", context: { cluster: "record", user: "record" } }],
  });
}

await main();
