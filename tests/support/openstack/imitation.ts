/**
 * An OpenStack cloud on loopback: Keystone, Nova, Neutron, Octavia and Cinder behind one HTTPS server, each below its own path,
 * as far as they are read. Answers have the form of the services' API references.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { LoopbackResponse } from "../loopback-response.ts";
import {
  type LoopbackHandler,
  type LoopbackRequest,
  type LoopbackServer,
  startLoopbackServer,
} from "../loopback-server.ts";

type Json = { readonly [key: string]: unknown };

/** What the cloud holds; lists as the services show them, already with the fields of their newest microversion. */
export interface CloudContents {
  readonly servers?: readonly Json[];
  readonly serverGroups?: readonly Json[];
  readonly flavors?: readonly Json[];
  readonly hypervisors?: readonly Json[];
  readonly loadBalancers?: readonly Json[];
  readonly listeners?: readonly Json[];
  readonly floatingIps?: readonly Json[];
  readonly volumeTypes?: readonly Json[];
  /** Name of the default one. */
  readonly defaultVolumeType?: string;
}

export interface ImitationOptions {
  readonly contents?: CloudContents;
  /** Goes first; undefined: as usual. `path` is `/compute/servers/...`. */
  readonly instead?: (request: LoopbackRequest, path: string) => LoopbackResponse | undefined;
  /** Regions of the catalogue, `RegionOne` by default. */
  readonly regions?: readonly string[];
  /** Requests that one token is good for; any number by default. */
  readonly requestsPerToken?: number;
  readonly server?: Parameters<typeof startLoopbackServer>[1];
  /** The only name of the cloud, in its certificate and in all its addresses. */
  readonly name?: string;
  /** What clouds.yaml trusts instead of the cloud's own authority. */
  readonly trusted?: string;
}

export interface CloudImitation {
  readonly server: LoopbackServer;
  readonly cloudsFile: string;
  /** Environment that finds clouds.yaml; the cloud is called `loopback`. */
  readonly environment: { readonly OS_CLIENT_CONFIG_FILE: string };
}

export const project = "6f70656e737461636b20342065766572";
export const password = "correct-horse-battery-staple";
export const applicationSecret = "application-credential-secret-0001";
const userToken = "gAAAAABhanded-token";

const error = (code: number, title: string): LoopbackResponse => ({
  status: code,
  body: { error: { code, title, message: `${title}: user 'alice' of 10.0.0.1` } },
});

function tokenFor(body: string, issued: number, regions: readonly string[], base: string): LoopbackResponse {
  const { auth } = JSON.parse(body) as { auth: { identity: { [method: string]: Json } } };
  const { password: byPassword, application_credential: byApplication, token } = auth.identity;
  const given = (byPassword?.user as Json | undefined)?.password ?? byApplication?.secret ?? token?.id;
  if (![password, applicationSecret, userToken].includes(String(given))) return error(401, "Unauthorized");
  const endpoint = (type: string, path: string) => ({
    type,
    name: type,
    endpoints: regions.flatMap((region) =>
      ["public", "internal"].map((name) => ({
        interface: name,
        region,
        region_id: region,
        url: name === "public" ? `${base}${path}` : `https://internal.invalid${path}`,
      })),
    ),
  });
  const catalog = [
    endpoint("identity", "/identity"),
    endpoint("compute", "/compute/v2.1"),
    endpoint("network", "/network"),
    endpoint("load-balancer", "/load-balancer"),
    endpoint("volumev3", `/volume/v3/${project}`),
  ];
  return {
    status: 201,
    headers: { "x-subject-token": `gAAAAABloopback-token-${issued}` },
    body: { token: { methods: ["password"], expires_at: "2099-01-01T00:00:00Z", project: { id: project }, catalog } },
  };
}

/** A page of a list, with a link where there is more. */
function page(url: URL, key: string, all: readonly Json[]): LoopbackResponse {
  const limit = Number(url.searchParams.get("limit") ?? all.length);
  const marker = url.searchParams.get("marker");
  const from = marker === null ? 0 : all.findIndex(({ id }) => id === marker) + 1;
  const part = all.slice(from, from + limit);
  const more = from + limit < all.length;
  return { body: { [key]: part, ...(more ? { [`${key}_links`]: [{ rel: "next", href: "https://x.invalid" }] } : {}) } };
}

const matching = (all: readonly Json[] | undefined, url: URL) =>
  (all ?? []).filter((one) =>
    [...url.searchParams].every(
      ([key, value]) => ["limit", "marker", "fields"].includes(key) || String(one[key]) === value,
    ),
  );

const found = (all: readonly Json[] | undefined, id: string, key: string): LoopbackResponse => {
  const one = (all ?? []).find((candidate) => candidate.id === id);
  return one === undefined ? error(404, "Not Found") : { body: { [key]: one } };
};

function answer(path: string, { url }: LoopbackRequest, contents: CloudContents): LoopbackResponse {
  const last = path.slice(path.lastIndexOf("/") + 1);
  const below = (folder: string) => path === `${folder}/${last}`;
  if (path === "/compute/v2.1/flavors/detail") return page(url, "flavors", contents.flavors ?? []);
  if (path === "/compute/v2.1/os-hypervisors/detail")
    return contents.hypervisors ? page(url, "hypervisors", contents.hypervisors) : error(403, "Forbidden");
  if (below("/compute/v2.1/servers")) return found(contents.servers, last, "server");
  if (below("/compute/v2.1/os-server-groups")) return found(contents.serverGroups, last, "server_group");
  if (path === "/network/v2.0/floatingips") return page(url, "floatingips", matching(contents.floatingIps, url));
  if (path === "/load-balancer/v2.0/lbaas/loadbalancers")
    return page(url, "loadbalancers", matching(contents.loadBalancers, url));
  if (path === "/load-balancer/v2.0/lbaas/listeners") return page(url, "listeners", matching(contents.listeners, url));
  if (path === `/volume/v3/${project}/types/default`) {
    const type = contents.volumeTypes?.find(({ name }) => name === contents.defaultVolumeType);
    return type === undefined ? error(404, "Not Found") : { body: { volume_type: type } };
  }
  if (path === `/volume/v3/${project}/types`) return page(url, "volume_types", contents.volumeTypes ?? []);
  return error(404, "Not Found");
}

/** Close it: `imitation.server.close()`. */
export async function startCloudImitation(options: ImitationOptions = {}): Promise<CloudImitation> {
  const { contents = {}, instead, regions = ["RegionOne"] } = options;
  const used = new Map<string, number>();
  let base = "";
  let issued = 0;
  const handler: LoopbackHandler = (request) => {
    const path = request.url.pathname;
    const different = instead?.(request, path);
    if (different !== undefined) return different;
    if (request.method === "POST" && path === "/identity/v3/auth/tokens") {
      const answered = tokenFor(request.body, issued + 1, regions, base);
      if (answered.status === 201) issued += 1;
      return answered;
    }
    if (request.method !== "GET") return error(405, "Method Not Allowed");
    const token = String(request.headers["x-auth-token"]);
    const times = (used.get(token) ?? 0) + 1;
    used.set(token, times);
    const known = token === `gAAAAABloopback-token-${issued}`;
    if (!known || times > (options.requestsPerToken ?? 1_000_000)) return error(401, "Unauthorized");
    return answer(path, request, contents);
  };
  const { name } = options;
  const server = await startLoopbackServer(handler, { ...options.server, ...(name ? { serverName: name } : {}) });
  base = name === undefined ? server.url : `https://${name}:${server.port}`;
  const cacert = join(server.folder, "cloud-ca.pem");
  writeFileSync(cacert, options.trusted ?? server.caPem);
  const cloudsFile = join(server.folder, "clouds.yaml");
  const common = { region_name: regions[0], interface: "public", cacert };
  const auth_url = `${base}/identity`;
  const clouds = {
    loopback: {
      auth_type: "v3applicationcredential",
      auth: { auth_url, application_credential_id: "b5b3a3", application_credential_secret: applicationSecret },
      ...common,
    },
    "by-password": {
      auth: { auth_url, username: "alice", password, project_name: "kaas", user_domain_name: "Default" },
      ...common,
    },
    "by-token": { auth_type: "token", auth: { auth_url, token: userToken, project_id: project }, ...common },
    "wrong-password": {
      auth: { auth_url, username: "alice", password: "not-that-one-at-all", project_name: "kaas" },
      ...common,
    },
  };
  writeFileSync(cloudsFile, stringify({ clouds }), { mode: 0o600 });
  return { server, cloudsFile, environment: { OS_CLIENT_CONFIG_FILE: cloudsFile } };
}
