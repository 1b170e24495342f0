/** Addresses in the status of Services, Ingresses and Gateways, counted together for objects that got the same. */
import type { ScopedFamily } from "../model/facts/network.ts";
import { scopedFamilies } from "./address-scope.ts";
import { detached, inOrder, listAt, textAt } from "./untrusted.ts";

const mostExamples = 3;

export interface Given {
  readonly addresses: ScopedFamily[];
  readonly hostname: boolean;
}

/** `status.loadBalancer.ingress` of a Service or an Ingress. */
export function loadBalancerAddresses(object: unknown): Given {
  const entries = listAt(object, "status", "loadBalancer", "ingress");
  return {
    addresses: scopedFamilies(entries.map((entry) => textAt(entry, "ip"))),
    hostname: entries.some((entry) => (textAt(entry, "hostname") ?? "") !== ""),
  };
}

/** `status.addresses` of a Gateway: addresses or names. */
export function gatewayAddresses(object: unknown): Given {
  const values = listAt(object, "status", "addresses").map((entry) => textAt(entry, "value"));
  const addresses = scopedFamilies(values);
  const named = listAt(object, "status", "addresses").some(
    (entry) => textAt(entry, "type") === "Hostname" && (textAt(entry, "value") ?? "") !== "",
  );
  return { addresses, hostname: named };
}

/** Objects that are alike, counted, with names of some of them; in steady order. */
export function counted<T>(
  objects: readonly { readonly name: string; readonly about: T }[],
): { readonly about: T; readonly count: number; readonly examples: string[] }[] {
  const groups = new Map<string, { readonly about: T; readonly names: string[] }>();
  for (const { name, about } of objects) {
    const key = JSON.stringify(about);
    const known = groups.get(key);
    if (known) known.names.push(name);
    else groups.set(key, { about, names: [name] });
  }
  return [...groups]
    .sort(([a], [b]) => inOrder(a, b))
    .map(([, { about, names }]) => ({
      about,
      count: names.length,
      examples: names.sort(inOrder).slice(0, mostExamples),
    }));
}

/** `namespace/name`; undefined when it has none. */
export function fullName(object: unknown): string | undefined {
  const [namespace, name] = [textAt(object, "metadata", "namespace"), textAt(object, "metadata", "name")];
  return namespace === undefined || name === undefined ? undefined : detached(`${namespace}/${name}`);
}
