/** Waits for the address that a controller gives to a Service or an Ingress of the run. */
import { isIP } from "node:net";
import type { ClusterActor, OwnObject } from "../../model/acting.ts";
import type { Reading } from "../../model/fact.ts";
import { read } from "../../model/fact.ts";
import type { ScopedFamily } from "../../model/facts/network.ts";
import type { JsonObject } from "../../model/json.ts";
import { eventsOf, keptWords } from "../acting/hindrance.ts";
import { loadBalancerAddresses } from "../given-addresses.ts";
import { listAt, textAt } from "../untrusted.ts";

export interface Published {
  readonly addresses: ScopedFamily[];
  readonly hostname: boolean;
  readonly milliseconds: number;
  readonly events: string[];
}

/** What can be connected to: addresses first, and the name. */
export interface Given {
  readonly about: Published;
  readonly hosts: readonly string[];
}

/** Nothing given in time is an answer as well: no address and no name. */
export async function whenPublished(
  act: ClusterActor,
  path: string,
  object: OwnObject,
  milliseconds: number,
  enough: (hosts: readonly string[]) => boolean = (hosts) => hosts.length > 0,
): Promise<Reading<Given>> {
  const begun = performance.now();
  let last: JsonObject = {};
  const seen = await act.until(
    path,
    (one) => {
      last = one;
      return enough(hostsOf(one)) ? true : undefined;
    },
    { milliseconds },
  );
  if (!seen.ok && seen.reason !== "timeout") return seen;
  const waited = Math.round(performance.now() - begun);
  const events = (await eventsOf(act, object.namespace, object.name)).map(keptWords);
  return read({
    about: { ...loadBalancerAddresses(last), milliseconds: waited, events },
    hosts: hostsOf(last),
  });
}

function hostsOf(object: JsonObject): readonly string[] {
  const entries = listAt(object, "status", "loadBalancer", "ingress");
  const texts = (key: string) => entries.flatMap((entry) => textAt(entry, key) ?? []).filter((text) => text !== "");
  return [...texts("ip").filter((address) => isIP(address) !== 0), ...texts("hostname")];
}
