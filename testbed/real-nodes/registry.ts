/** A registry of images for the nodes of a cluster (OCI distribution-spec 1.1, to pull from), in the place of a public one. */
import { createReadStream, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Descriptor } from "./oci-archive.ts";
import type { RealNodes } from "./real-nodes.ts";

export interface Served {
  /** Holds `blobs/sha256/`. */
  readonly folder: string;
  /** Manifests by repository and tag: `pause:3.10`. */
  readonly manifests: ReadonlyMap<string, Descriptor>;
}

/** Serves at the nodes' gateway until `stop`, and tells every node to ask it for what is named after `registry`. */
export async function serveImages(
  { plan: { bridge }, nodes }: RealNodes,
  registry: string,
  served: Served,
): Promise<{ stop(): void }> {
  const server = createServer((request, response) => answer(request, response, served));
  await new Promise<void>((resolve) => server.listen(0, bridge.gateway.v4, resolve));
  const url = `http://${bridge.gateway.v4}:${(server.address() as AddressInfo).port}`;
  const hosts = `server = "${url}"\n[host."${url}"]\n  capabilities = ["pull", "resolve"]\n`;
  const target = `/etc/containerd/certs.d/${registry}`;
  const write = 'mkdir -p "$2" && printf %s "$1" >"$2/hosts.toml"';
  for (const node of nodes) await node.run(["bash", "-c", write, "bash", hosts, target]);
  return {
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const place = /^\/v2\/(?<name>[a-z0-9._/-]+)\/(?:manifests|blobs)\/(?<reference>[\w.:-]+)(?:\?.*)?$/;

function answer({ method, url = "" }: IncomingMessage, response: ServerResponse, { folder, manifests }: Served): void {
  const { name, reference = "" } = place.exec(url)?.groups ?? {};
  const digest = manifests.get(`${name}:${reference}`)?.digest ?? reference;
  const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? [];
  const file = path.join(folder, "blobs/sha256", hex ?? "");
  const found = hex === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
  if (found === undefined) {
    response.writeHead(url === "/v2/" ? 200 : 404).end();
    return;
  }
  const manifest = [...manifests.values()].find((one) => one.digest === digest);
  response.writeHead(200, {
    "content-type": manifest?.mediaType ?? "application/octet-stream",
    "content-length": found.size,
    "docker-content-digest": digest,
  });
  if (method === "HEAD") response.end();
  else createReadStream(file).pipe(response);
}
