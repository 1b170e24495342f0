import { isIP } from "node:net";
import type { ClusterActor, OwnObject } from "../model/acting.ts";
import { type Reading, read } from "../model/fact.ts";
import type { LoadBalancerTrialFact, PathAnswer } from "../model/facts/network-paths.ts";
import { defineProbe } from "../model/probe.ts";
import { attemptUntil } from "./acting/attempts.ts";
import { refusedBy } from "./acting/hindrance.ts";
import { startServers } from "./acting/server-pods.ts";
import { servicesPath } from "./data-path/services.ts";
import { type Given, whenPublished } from "./published/published.ts";
import { isAccepted, lacksRight } from "./said.ts";
import { listAt } from "./untrusted.ts";

const own = { own: true } as const;
const labels = { "trial-peer": "load-balancer" };
/** A load balancer takes its cloud minutes; to answer after that, and to get a second address, less. */
const waits = { address: 240_000, answer: 60_000, second: 60_000, gone: 180_000 } as const;

export const loadBalancerTrialProbe = defineProbe({
  id: "kube/load-balancer-trial",
  title: "whether a plain Service of type LoadBalancer gets an address and answers",
  tier: "system",
  rights: [
    { kind: "resource", verb: "create", group: "", resource: "pods", ...own },
    { kind: "resource", verb: "get", group: "", resource: "pods", ...own },
    { kind: "resource", verb: "create", group: "", resource: "pods/exec", ...own },
    { kind: "resource", verb: "get", group: "", resource: "pods/exec", ...own },
    { kind: "resource", verb: "list", group: "", resource: "events", ...own },
    ...(["create", "get", "patch", "delete"] as const).map(
      (verb) => ({ kind: "resource", verb, group: "", resource: "services", ...own }) as const,
    ),
  ],
  requests: 200,
  makes: {
    objects: { Pod: 1, Service: 1 },
    pods: 1,
    cpuMillicores: 10,
    memoryMebibytes: 16,
    seconds: 660,
    cost: "one load balancer with a public address, for minutes",
  },
  async collect({ act }) {
    const namespace = await act.namespace();
    if (!namespace.ok) return namespace;
    const pod = { namespace: namespace.value, purpose: "trial-load-balancer", labels, ports: [8080] };
    const servers = await startServers(act, { server: pod });
    if (!servers.ok) return servers;
    const nothing = { addresses: [], hostname: false, milliseconds: 0, events: [], removed: true };
    if ("hindrance" in servers.value) return read({ ...nothing, hindrance: servers.value.hindrance });
    const service = { namespace: namespace.value, name: act.name("trial-load-balancer") };
    const said = await act.create(servicesPath(service.namespace), plainService(service.name));
    if (!said.ok) return said;
    const forbidden = lacksRight(said.value, "create");
    if (forbidden) return forbidden;
    if (!isAccepted(said.value)) return read({ ...nothing, hindrance: refusedBy(said.value) });
    return trial(act, service, servers.value.pods.server);
  },
});

/** What the API server fills in itself is not set. */
function plainService(name: string) {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { type: "LoadBalancer", selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
  };
}

async function trial(
  act: ClusterActor,
  service: OwnObject,
  client: OwnObject,
): Promise<Reading<LoadBalancerTrialFact>> {
  const path = servicesPath(service.namespace, service.name);
  const given = await whenPublished(act, path, service, waits.address);
  if (!given.ok) return given;
  const answer = await answerOf(act, client, given.value);
  if (!answer.ok) return answer;
  const both = given.value.hosts.length === 0 ? undefined : await asDualStack(act, path, service);
  const gone = await act.remove(path, { milliseconds: waits.gone });
  if (!gone.ok && gone.reason !== "timeout") return gone;
  return read({
    ...given.value.about,
    ...(answer.value === undefined ? {} : { answer: answer.value }),
    ...(both === undefined ? {} : { dualStack: { addresses: both.about.addresses } }),
    removed: gone.ok,
  });
}

/** By the first of what was given; from within the cluster, so that a way back through it may be shorter than from outside. */
async function answerOf(
  act: ClusterActor,
  client: OwnObject,
  { hosts: [host] }: Given,
): Promise<Reading<PathAnswer | undefined>> {
  if (host === undefined) return read(undefined);
  const attempts = [{ host, port: 80, protocol: "TCP", seconds: 5 }] as const;
  const answers = await attemptUntil(act, client, attempts, ([first]) => first === "allowed", waits.answer);
  return answers.ok ? read(answers.value[0]) : answers;
}

/** The same Service with both families, where the cluster has both; undefined where it has one. */
async function asDualStack(act: ClusterActor, path: string, service: OwnObject): Promise<Given | undefined> {
  const said = await act.patch(path, { spec: { ipFamilyPolicy: "PreferDualStack" } });
  if (!said.ok || listAt(said.value.body, "spec", "clusterIPs").length < 2) return undefined;
  const six = (hosts: readonly string[]) => hosts.some((host) => isIP(host) === 6);
  const given = await whenPublished(act, path, service, waits.second, six);
  return given.ok ? given.value : undefined;
}
