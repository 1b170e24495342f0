/** An Ingress without a class in front of a pod of the run: the class it gets, its address, and whether that leads to the pod. */
import type { ClusterActor, OwnObject } from "../../model/acting.ts";
import { type Reading, read } from "../../model/fact.ts";
import type { IngressTrialFact } from "../../model/facts/network-paths.ts";
import type { JsonObject } from "../../model/json.ts";
import { refusedBy } from "../acting/hindrance.ts";
import { servicesPath } from "../data-path/services.ts";
import { isAccepted, lacksRight } from "../said.ts";
import { textAt } from "../untrusted.ts";
import { askOverHttp } from "./http-answer.ts";
import { whenPublished } from "./published.ts";

/** Nobody's name (RFC 2606): only who sends it in the header Host gets here. */
const host = "scs-conformance.example";
/** Milliseconds. */
export const ingressWaits = { address: 120_000, answer: 60_000, gone: 120_000 } as const;
type Waits = { readonly [Name in keyof typeof ingressWaits]: number };

export const noIngress: IngressTrialFact = { addresses: [], hostname: false, milliseconds: 0, events: [] };

export async function tryIngress(
  act: ClusterActor,
  pod: OwnObject,
  selector: JsonObject,
  waits: Waits,
): Promise<Reading<IngressTrialFact>> {
  const { namespace } = pod;
  const name = act.name("published");
  const ingresses = `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`;
  for (const [path, object] of [
    [servicesPath(namespace), serviceOf(name, selector)],
    [ingresses, ingressOf(name)],
  ] as const) {
    const said = await act.create(path, object);
    if (!said.ok) return said;
    const forbidden = lacksRight(said.value, "create");
    if (forbidden) return forbidden;
    if (!isAccepted(said.value)) return read({ ...noIngress, hindrance: refusedBy(said.value) });
  }
  return trial(act, `${ingresses}/${name}`, { namespace, name }, pod, waits);
}

function serviceOf(name: string, selector: JsonObject): JsonObject {
  const ports = [{ port: 8080, targetPort: 8080 }];
  return { apiVersion: "v1", kind: "Service", metadata: { name }, spec: { selector, ports } };
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
  waits: Waits,
): Promise<Reading<IngressTrialFact>> {
  const classed = await act.until(path, (object) => ({ name: textAt(object, "spec", "ingressClassName") }), {
    milliseconds: 10_000,
  });
  if (!classed.ok) return classed;
  const given = await whenPublished(act, path, ingress, waits.address);
  if (!given.ok) return given;
  const [first] = given.value.hosts;
  const patience = { milliseconds: waits.answer, now: () => performance.now() };
  const question = { host, path: "/hostname", expected: client.name };
  const answer =
    first === undefined ? read(undefined) : await askOverHttp(act, client, { to: first, ...question }, patience);
  if (!answer.ok) return answer;
  const gone = await act.remove(path, { milliseconds: waits.gone });
  if (!gone.ok && gone.reason !== "timeout") return gone;
  return read({
    ...(classed.value.name === undefined ? {} : { className: classed.value.name }),
    ...given.value.about,
    ...(answer.value === undefined ? {} : { answer: answer.value }),
  });
}
