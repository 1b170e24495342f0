/**
 * A cluster on loopback whose network is the oracle of policies: pods get addresses, Services as well, and commands that pods
 * run are answered by what the policies that are there let through. What is broken is said in a few words.
 */
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import type { JsonObject } from "../../src/model/json.ts";
import { served } from "./gathering.ts";
import { kubernetesRoutes } from "./kubernetes-routes.ts";
import { type LoopbackResponse, statusObject } from "./loopback-response.ts";
import type { LoopbackHandler, LoopbackRequest } from "./loopback-server.ts";
import { acceptWebSocket, channelMessage, goodbye } from "./loopback-websocket.ts";
import { type Addressing, type Body, putPod, putService, type Stored } from "./network-objects.ts";
import { type ObjectStore, objectStore, put } from "./object-store.ts";
import { letsThrough, type OraclePod, type OraclePolicy } from "./policy-oracle.ts";

export interface Tried {
  readonly from: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

export interface NetworkCluster extends Addressing {
  /** Which policies count, of those that are there; all, when absent. */
  readonly enforced?: (policy: OraclePolicy, family: 4 | 6) => boolean;
  /** What the network does with what policies let through; undefined: it carries it. */
  readonly broken?: (tried: Tried) => "TIMEOUT" | "REFUSED" | "DNS" | "OTHER" | undefined;
  /** What a pod prints in the place of its answers. */
  readonly prints?: string;
  readonly resolvConf?: string;
  /** Why an object is refused, by kind. */
  readonly refusals?: { readonly [kind: string]: readonly [status: number, message: string] };
  /** `status.loadBalancer` that controllers give. */
  readonly published?: JsonObject;
  readonly events?: readonly (readonly [reason: string, message: string])[];
}

const domain = "cluster.test";

export interface RunningNetwork {
  readonly handler: LoopbackHandler;
  readonly upgrade: (request: IncomingMessage, socket: Duplex) => boolean;
  readonly store: ObjectStore;
  /** Commands that pods ran. */
  readonly ran: readonly (readonly string[])[];
  /** Everything that was sent to be made, in order. */
  readonly made: readonly { readonly path: string; readonly object: JsonObject }[];
}

export function networkCluster(options: NetworkCluster = {}): RunningNetwork {
  const store = objectStore();
  const ran: string[][] = [];
  const made: { path: string; object: JsonObject }[] = [];
  const looked = kubernetesRoutes({ "/version": served("v1.37.2") });
  store.before = (request) => before(store, options, request);
  return {
    store,
    ran,
    made,
    handler: async (request) => {
      if (request.method === "POST")
        made.push({ path: request.url.pathname, object: JSON.parse(request.body) as JsonObject });
      return (await looked(request)) ?? store.handler(request);
    },
    upgrade: (request, socket) => {
      const url = new URL(request.url ?? "", "https://loopback");
      const [, namespace = "", pod = ""] = /namespaces\/([^/]+)\/pods\/([^/]+)\/exec$/.exec(url.pathname) ?? [];
      const command = url.searchParams.getAll("command");
      ran.push(command);
      acceptWebSocket(request, socket, "v5.channel.k8s.io");
      socket.write(channelMessage(1, outputOf(store, options, `/api/v1/namespaces/${namespace}/pods/${pod}`, command)));
      socket.write(channelMessage(3, JSON.stringify({ metadata: {}, status: "Success" })));
      socket.write(goodbye);
      return true;
    },
  };
}

function before(store: ObjectStore, options: NetworkCluster, request: LoopbackRequest): LoopbackResponse | undefined {
  const { method, url, body } = request;
  if (method === "GET" && url.pathname.endsWith("/events")) return { body: eventList(options) };
  const there = store.objects.get(url.pathname);
  if (method === "GET" && there && options.published && /\/(services|ingresses)\//.test(url.pathname))
    there.status = { loadBalancer: options.published };
  if (method !== "POST") return undefined;
  const object = JSON.parse(body) as Body;
  const refused = options.refusals?.[object.kind];
  if (refused) return { status: refused[0], body: statusObject(...refused) };
  const path = `${url.pathname}/${object.metadata.name}`;
  if (object.kind === "Pod") return { status: 201, body: putPod(store, options, path, object) };
  if (object.kind === "Service") return putService(store, options, path, object);
  if (object.kind !== "NetworkPolicy") return undefined;
  return { status: 201, body: put(store, path, object as unknown as JsonObject) };
}

function outputOf(store: ObjectStore, options: NetworkCluster, pod: string, command: readonly string[]): string {
  const [program, , script = "", ...words] = command;
  const namespace = pod.split("/")[4] ?? "";
  if (program === "cat") return options.resolvConf ?? `search ${namespace}.svc.${domain} svc.${domain} ${domain}\n`;
  if (options.prints !== undefined) return options.prints;
  if (script.includes("wget"))
    return words.includes("Host: scs-conformance.example") ? `${pod.split("/").at(-1)}\n` : "";
  const echoed = [...script.matchAll(/^echo (.*)$/gm)].map(([, text = ""]) => text);
  const tries = [...script.matchAll(/^c (\d+) (\S+):(\d+) (tcp|udp) \d+s&/gm)].map(
    ([, number, host = "", port, protocol]) => {
      const tried = { from: pod, host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
      const word = answerOf(store, options, { ...tried, protocol: protocol === "udp" ? "UDP" : "TCP" });
      return `${number} ${word === "" ? 0 : 1} ${word}`;
    },
  );
  return [...echoed, ...tries.reverse()].join("\n");
}

/** Empty when it came through. */
function answerOf(store: ObjectStore, options: NetworkCluster, tried: Tried): string {
  const from = store.objects.get(tried.from);
  const family = isIP(tried.host) === 6 ? 6 : 4;
  const namespace = tried.from.split("/")[4] ?? "";
  const carried = (to: OraclePod, port: number, protocol: string, over: 4 | 6): boolean => {
    const policies = [...store.objects]
      .filter(([path]) => path.includes(`/${namespaceOfPolicies(store)}/networkpolicies/`))
      .map(([, { spec }]) => spec as OraclePolicy)
      .filter((policy) => options.enforced?.(policy, over) ?? true);
    const connection = { from: oraclePod(tried.from, from, over), to, port, protocol };
    return letsThrough(policies, namespaceOfPolicies(store), connection);
  };
  const broken = options.broken?.(tried);
  if (broken) return broken;
  if (isIP(tried.host) === 0) {
    const dns = { namespace: "kube-system", labels: {}, address: "10.96.0.10", portNames: {} };
    if (!carried(dns, 53, "UDP", 4)) return "DNS";
    const [name = ""] = tried.host.split(".");
    const known = name === "kubernetes" || store.objects.has(`/api/v1/namespaces/${namespace}/services/${name}`);
    return known ? "" : "DNS";
  }
  const target = [...store.objects].find(([, { status }]) =>
    JSON.stringify(status ?? {}).includes(`"ip":"${tried.host}"`),
  );
  if (!target || !/\/pods\//.test(target[0]) || tried.port >= 30_000) return "";
  return carried(oraclePod(target[0], target[1], family), tried.port, tried.protocol, family) ? "" : "TIMEOUT";
}

function namespaceOfPolicies(store: ObjectStore): string {
  return (
    [...store.objects.keys()]
      .find((path) => path.endsWith("-policies"))
      ?.split("/")
      .at(-1) ?? "none"
  );
}

function oraclePod(path: string, stored: Stored | undefined, family: 4 | 6): OraclePod {
  const { spec, status, metadata } = (stored ?? {}) as unknown as {
    spec: { containers: { ports: { name: string; containerPort: number }[] }[] };
    status: { podIPs: { ip: string }[] };
    metadata: { labels: { [key: string]: string } };
  };
  const ports = spec.containers[0]?.ports ?? [];
  return {
    namespace: path.split("/")[4] ?? "",
    labels: metadata.labels,
    address: status.podIPs.find(({ ip }) => isIP(ip) === family)?.ip ?? "",
    portNames: Object.fromEntries(ports.map(({ name, containerPort }) => [name, containerPort])),
  };
}

function eventList({ events = [] }: NetworkCluster) {
  const items = events.map(([reason, message]) => ({ reason, message, lastTimestamp: "2026-11-27T00:00:00Z" }));
  return { kind: "List", apiVersion: "v1", metadata: { resourceVersion: "1" }, items };
}
