/** A plain Service of type LoadBalancer in front of a pod of the run: its address, whether it answers, and that it goes. */
import { isIP } from "node:net";
import type { ClusterActor, OwnObject } from "../../model/acting.ts";
import { type Reading, read } from "../../model/fact.ts";
import type { LoadBalancerTrialFact, PathAnswer } from "../../model/facts/network-paths.ts";
import type { JsonObject } from "../../model/json.ts";
import { attemptUntil } from "../acting/attempts.ts";
import { refusedBy } from "../acting/hindrance.ts";
import { servicesPath } from "../data-path/services.ts";
import { isAccepted, lacksRight } from "../said.ts";
import { listAt } from "../untrusted.ts";
import { type Given, whenPublished } from "./published.ts";

/** Milliseconds. A load balancer takes its cloud minutes; to answer after that, and to get a second address, less. */
export const balancerWaits = { address: 240_000, answer: 60_000, second: 60_000, gone: 180_000 } as const;
type Waits = { readonly [Name in keyof typeof balancerWaits]: number };

export const noBalancer: LoadBalancerTrialFact = {
  addresses: [],
  hostname: false,
  milliseconds: 0,
  events: [],
  removed: true,
};

/** The pod is both what stands behind the Service and from where it is tried. */
export async function tryLoadBalancer(
  act: ClusterActor,
  pod: OwnObject,
  selector: JsonObject,
  waits: Waits,
): Promise<Reading<LoadBalancerTrialFact>> {
  const service = { namespace: pod.namespace, name: act.name("balancer") };
  const said = await act.create(servicesPath(service.namespace), plainService(service.name, selector));
  if (!said.ok) return said;
  const forbidden = lacksRight(said.value, "create");
  if (forbidden) return forbidden;
  if (!isAccepted(said.value)) return read({ ...noBalancer, hindrance: refusedBy(said.value) });
  return trial(act, service, pod, waits);
}

/** What the API server fills in itself is not set. */
function plainService(name: string, selector: JsonObject): JsonObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { type: "LoadBalancer", selector, ports: [{ port: 80, targetPort: 8080 }] },
  };
}

async function trial(
  act: ClusterActor,
  service: OwnObject,
  client: OwnObject,
  waits: Waits,
): Promise<Reading<LoadBalancerTrialFact>> {
  const path = servicesPath(service.namespace, service.name);
  const given = await whenPublished(act, path, service, waits.address);
  if (!given.ok) return given;
  const answer = await answerOf(act, client, given.value, waits.answer);
  if (!answer.ok) return answer;
  const both = given.value.hosts.length === 0 ? undefined : await asDualStack(act, path, service, waits.second);
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
  milliseconds: number,
): Promise<Reading<PathAnswer | undefined>> {
  if (host === undefined) return read(undefined);
  const attempts = [{ host, port: 80, protocol: "TCP", seconds: 5 }] as const;
  const answers = await attemptUntil(act, client, attempts, ([first]) => first === "allowed", {
    milliseconds,
    now: () => performance.now(),
  });
  return answers.ok ? read(answers.value[0]) : answers;
}

/** The same Service with both families, where the cluster has both; undefined where it has one. */
async function asDualStack(
  act: ClusterActor,
  path: string,
  service: OwnObject,
  milliseconds: number,
): Promise<Given | undefined> {
  const said = await act.patch(path, { spec: { ipFamilyPolicy: "PreferDualStack" } });
  if (!said.ok || listAt(said.value.body, "spec", "clusterIPs").length < 2) return undefined;
  const six = (hosts: readonly string[]) => hosts.some((host) => isIP(host) === 6);
  const given = await whenPublished(act, path, service, milliseconds, six);
  return given.ok ? given.value : undefined;
}
