/** Plays a recording back over HTTPS on loopback, to this process alone. */
import { promises as fs } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { type ReplayCertificates, replayCertificates } from "./certificate.ts";
import type { RecordedAnswer, Recording } from "./recording.ts";

export interface ReplayServer {
  /** A kubeconfig for the recorded cluster, in a temporary folder. */
  readonly kubeconfig: string;
  readonly folder: string;
  close(): Promise<void>;
}

/** The recorded cluster knows one user by this token; it opens nothing else. */
const token = "demo-recording";

export async function startReplay(recording: Recording): Promise<ReplayServer> {
  const recordedAt = new Date(recording.recordedAt);
  const certificates = await replayCertificates(recordedAt);
  const answers = new Map(recording.answers.map((answer) => [keyOf(answer), withOwnCa(answer, certificates)]));
  const date = recordedAt.toUTCString();
  const server = createServer({ cert: certificates.chainPem, key: certificates.keyPem }, (request, response) => {
    const asked = {
      path: request.url ?? "/",
      accept: request.headers.accept ?? "",
      anonymous: request.headers.authorization === undefined,
    };
    const answer = answers.get(keyOf(asked)) ?? notRecorded;
    response.writeHead(answer.status, { ...answer.headers, date });
    response.end(answer.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "scs-conformance-demo-"));
  const kubeconfig = path.join(folder, "kubeconfig");
  const { port } = server.address() as AddressInfo;
  await fs.writeFile(kubeconfig, kubeconfigText(port, certificates.caPem), { mode: 0o600 });
  return {
    kubeconfig,
    folder,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await fs.rm(folder, { recursive: true, force: true });
    },
  };
}

const notRecorded: Pick<RecordedAnswer, "status" | "headers" | "body"> = {
  status: 404,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({
    kind: "Status",
    apiVersion: "v1",
    status: "Failure",
    message: "the server could not find the requested resource",
    reason: "NotFound",
    code: 404,
  }),
};

function keyOf({ path: asked, accept, anonymous }: Pick<RecordedAnswer, "path" | "accept" | "anonymous">): string {
  return JSON.stringify([asked, accept, anonymous]);
}

/** The recorded cluster's CA cannot have signed the replay's certificate, so the replay's CA takes its place. */
function withOwnCa(answer: RecordedAnswer, { caPem }: ReplayCertificates): RecordedAnswer {
  return { ...answer, body: answer.body.replaceAll(caPlaceholder, JSON.stringify(caPem).slice(1, -1)) };
}

/** Stands in recorded bodies where the cluster's CA certificate was. */
export const caPlaceholder = "@@CLUSTER-CA@@";

function kubeconfigText(port: number, caPem: string): string {
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "demo",
    clusters: [
      {
        name: "demo",
        cluster: {
          server: `https://127.0.0.1:${port}`,
          "certificate-authority-data": Buffer.from(caPem).toString("base64"),
        },
      },
    ],
    users: [{ name: "demo", user: { token } }],
    contexts: [{ name: "demo", context: { cluster: "demo", user: "demo" } }],
  });
}
