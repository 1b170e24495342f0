import type { ClusterActor, OwnObject } from "../model/acting.ts";
import { type Reading, read } from "../model/fact.ts";
import type { IngressTrialFact } from "../model/facts/network-paths.ts";
import type { JsonObject } from "../model/json.ts";
import { defineProbe } from "../model/probe.ts";
import { refusedBy } from "./acting/hindrance.ts";
import { startServers } from "./acting/server-pods.ts";
import { servicesPath } from "./data-path/services.ts";
import { askOverHttp } from "./published/http-answer.ts";
import { whenPublished } from "./published/published.ts";
import { isAccepted, lacksRight } from "./said.ts";
import { textAt } from "./untrusted.ts";

const own = { own: true } as const;
const labels = { "trial-peer": "ingress" };
/** Nobody's name (RFC 2606): only who sends it in the header Host gets here. */
const host = "scs-conformance.example";
const waits = { address: 120_000, answer: 60_000, gone: 120_000 } as const;

export const ingressTrialProbe = defineProbe({
  id: "kube/ingress-trial",
  title: "whether an Ingress without a class gets one, an address, and leads to its pod",
  tier: "system",
  rights: [
    { kind: "resource", verb: "create", group: "", resource: "pods", ...own },
    { kind: "resource", verb: "get", group: "", resource: "pods", ...own },
    { kind: "resource", verb: "create", group: "", resource: "pods/exec", ...own },
    { kind: "resource", verb: "get", group: "", resource: "pods/exec", ...own },
    { kind: "resource", verb: "list", group: "", resource: "events", ...own },
    { kind: "resource", verb: "create", group: "", resource: "services", ...own },
    ...(["create", "get", "delete"] as const).map(
      (verb) => ({ kind: "resource", verb, group: "networking.k8s.io", resource: "ingresses", ...own }) as const,
    ),
  ],
  requests: 120,
  makes: {
    objects: { Pod: 1, Service: 1, Ingress: 1 },
    pods: 1,
    cpuMillicores: 10,
    memoryMebibytes: 16,
    seconds: 420,
    cost: "one entry of the ingress controller; on some clouds a load balancer, for minutes",
  },
  async collect({ act }) {
    const namespace = await act.namespace();
    if (!namespace.ok) return namespace;
    const pod = { namespace: namespace.value, purpose: "trial-ingress", labels, ports: [8080] };
    const servers = await startServers(act, { server: pod });
    if (!servers.ok) return servers;
    const nothing = { addresses: [], hostname: false, milliseconds: 0, events: [] };
    if ("hindrance" in servers.value) return read({ ...nothing, hindrance: servers.value.hindrance });
    const name = act.name("trial-ingress");
    const ingresses = `/apis/networking.k8s.io/v1/namespaces/${namespace.value}/ingresses`;
    for (const [path, object] of [
      [servicesPath(namespace.value), serviceOf(name)],
      [ingresses, ingressOf(name)],
    ] as const) {
      const said = await act.create(path, object);
      if (!said.ok) return said;
      const forbidden = lacksRight(said.value, "create");
      if (forbidden) return forbidden;
      if (!isAccepted(said.value)) return read({ ...nothing, hindrance: refusedBy(said.value) });
    }
    return trial(act, `${ingresses}/${name}`, { namespace: namespace.value, name }, servers.value.pods.server);
  },
});

function serviceOf(name: string): JsonObject {
  const ports = [{ port: 8080, targetPort: 8080 }];
  return { apiVersion: "v1", kind: "Service", metadata: { name }, spec: { selector: labels, ports } };
}

function ingressOf(name: string): JsonObject {
  const backend = { service: { name, port: { number: 8080 } } };
  const rule = { host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } };
  return { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name }, spec: { rules: [rule] } };
}

async function trial(
  act: ClusterActor,
  path: string,
  ingress: OwnObject,
  client: OwnObject,
): Promise<Reading<IngressTrialFact>> {
  const classed = await act.until(path, (object) => ({ name: textAt(object, "spec", "ingressClassName") }), {
    milliseconds: 10_000,
  });
  if (!classed.ok) return classed;
  const given = await whenPublished(act, path, ingress, waits.address);
  if (!given.ok) return given;
  const [first] = given.value.hosts;
  const answer =
    first === undefined
      ? read(undefined)
      : await askOverHttp(act, client, { to: first, host, path: "/hostname", expected: client.name }, waits.answer);
  if (!answer.ok) return answer;
  const gone = await act.remove(path, { milliseconds: waits.gone });
  if (!gone.ok && gone.reason !== "timeout") return gone;
  return read({
    ...(classed.value.name === undefined ? {} : { className: classed.value.name }),
    ...given.value.about,
    ...(answer.value === undefined ? {} : { answer: answer.value }),
  });
}
