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

/** What is there: by the name in the step, the object's own, which is new each time, and its spec. */
export class Present {
  readonly objects = new Map<string, { readonly object: string; readonly spec: PolicySpec }>();
  #made = 0;

  fresh(name: string): string {
    this.#made += 1;
    return `${name}-${this.#made}`;
  }
}

/**
 * Creates, patches and deletes, in this order. The reading is of the first that was refused, with what the API server said;
 * `present` is changed along, so that a later step starts from what is there.
 */
export async function applyPolicies(
  act: Pick<ClusterActor, "create" | "patch" | "remove" | "name">,
  namespace: string,
  present: Present,
  wanted: Specs,
): Promise<Reading<Said | undefined>> {
  const { objects } = present;
  for (const [name, spec] of Object.entries(wanted)) {
    const known = objects.get(name);
    if (known !== undefined && JSON.stringify(known.spec) === JSON.stringify(spec)) continue;
    const object = known?.object ?? act.name(present.fresh(name));
    const said =
      known === undefined
        ? await act.create(collection(namespace), policy(object, spec))
        : await act.patch(`${collection(namespace)}/${object}`, { spec: { ...emptied, ...spec } });
    if (!said.ok || !isAccepted(said.value)) return said;
    objects.set(name, { object, spec });
  }
  for (const [name, { object }] of [...objects].filter(([one]) => !Object.hasOwn(wanted, one))) {
    const gone = await act.remove(`${collection(namespace)}/${object}`);
    if (!gone.ok) return gone;
    objects.delete(name);
  }
  return read(undefined);
}

function policy(name: string, spec: PolicySpec): JsonObject {
  return { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name }, spec };
}
