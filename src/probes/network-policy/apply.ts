/** Brings the policies that are there to those that a step wants. */
import type { ClusterActor } from "../../model/acting.ts";
import type { Said } from "../../model/asking.ts";
import { type Reading, read } from "../../model/fact.ts";
import type { JsonObject } from "../../model/json.ts";
import { isAccepted } from "../said.ts";
import type { PolicySpec } from "./policies.ts";

export type Specs = { readonly [name: string]: PolicySpec };

/** Every field that a spec may have: a merge patch (RFC 7386) takes away what is null. */
const emptied: JsonObject = { ingress: null, egress: null };

const collection = (namespace: string): string => `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`;

/**
 * Creates, patches and deletes, in this order. The reading is of the first that was refused, with what the API server said;
 * `present` is changed along, so that a later step starts from what is there.
 */
export async function applyPolicies(
  act: Pick<ClusterActor, "create" | "patch" | "remove" | "name">,
  namespace: string,
  present: Map<string, PolicySpec>,
  wanted: Specs,
): Promise<Reading<Said | undefined>> {
  for (const [name, spec] of Object.entries(wanted)) {
    const known = present.get(name);
    if (known !== undefined && JSON.stringify(known) === JSON.stringify(spec)) continue;
    const said =
      known === undefined
        ? await act.create(collection(namespace), policy(act.name(name), spec))
        : await act.patch(`${collection(namespace)}/${act.name(name)}`, { spec: { ...emptied, ...spec } });
    if (!said.ok) return said;
    if (!isAccepted(said.value)) return said;
    present.set(name, spec);
  }
  for (const name of [...present.keys()].filter((one) => !Object.hasOwn(wanted, one))) {
    const gone = await act.remove(`${collection(namespace)}/${act.name(name)}`);
    if (!gone.ok) return gone;
    present.delete(name);
  }
  return read(undefined);
}

function policy(name: string, spec: PolicySpec): JsonObject {
  return { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name }, spec };
}
