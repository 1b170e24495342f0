/** How the resolver of a pod of the run is set: its search domains (resolv.conf, as the kubelet writes it). */
import type { ClusterActor, OwnObject } from "../../model/acting.ts";
import { type Reading, read, unread } from "../../model/fact.ts";
import { isLasting } from "./attempts.ts";

export interface Resolver {
  readonly searchDomains: number;
  /** `cluster.local`: what follows `svc` in the second search domain of every pod. */
  readonly clusterDomain: string;
}

const domain = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?){0,20}$/i;

export async function resolverOf(act: Pick<ClusterActor, "exec">, pod: OwnObject): Promise<Reading<Resolver>> {
  const look = () => act.exec(pod, ["cat", "/etc/resolv.conf"], { milliseconds: 20_000 });
  const first = await look();
  // a stream that broke off on a busy cluster is no reason to learn nothing
  const result = first.ok || isLasting(first.reason) ? first : await look();
  if (!result.ok) return result;
  return readResolver(result.value.stdout);
}

/** `not-visible` where no search domain is one of Services: pods then have another resolver than the cluster's. */
export function readResolver(text: string): Reading<Resolver> {
  const search = text
    .slice(0, 8192)
    .split("\n")
    .filter((line) => /^search\s/.test(line))
    .at(-1);
  const domains = (search ?? "")
    .split(/\s+/)
    .slice(1)
    .filter((one) => domain.test(one));
  const services = domains.find((one) => one.startsWith("svc."));
  if (services === undefined) return unread("not-visible", "pods have no search domain of Services");
  return read({ searchDomains: domains.length, clusterDomain: services.slice("svc.".length) });
}
