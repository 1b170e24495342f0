/**
 * What a run makes it can take away with the rights that are printed for it: for each probe, against an authorizer that grants
 * these and nothing else. What is removed is looked at before, as only the run's own may go, and after, until it is gone.
 */
import { describe, expect, it } from "vitest";
import { type ActingPlace, rightsOf } from "../../src/model/acting-rights.ts";
import { suiteMakes, suiteRights } from "../../src/model/conformance/suite-makes.ts";
import type { AnyProbe, Right } from "../../src/model/probe.ts";
import { probes } from "../../src/probes/index.ts";
import { actingOver } from "../support/acting.ts";
import { connectedLoopback } from "../support/connected-loopback.ts";
import { granting } from "../support/granting.ts";
import { objectStore } from "../support/object-store.ts";

type Rights = Pick<AnyProbe, "rights" | "makes">;
type ResourceRight = Extract<Right, { readonly kind: "resource" }>;

const suite: Rights = { rights: suiteRights("full", true), makes: suiteMakes("full", true) };
const making: readonly (readonly [string, Rights])[] = [
  ...(probes as readonly AnyProbe[]).flatMap((probe) => (probe.makes ? [[probe.id, probe] as const] : [])),
  ["upstream's suite", suite],
];
const places: readonly (readonly [string, ActingPlace])[] = [
  ["namespaces of its own", {}],
  ["one that was named", { namespace: "tenant" }],
];

const isReview = ({ group }: ResourceRight) => group === "authorization.k8s.io" || group === "authentication.k8s.io";

/** Whole objects that the declared rights are about, not what they hold. */
function declared({ rights }: Rights, verb: "create" | "delete"): readonly ResourceRight[] {
  return (rights as readonly Right[]).flatMap((right) =>
    right.kind === "resource" && right.verb === verb && !right.resource.includes("/") && !isReview(right)
      ? [right]
      : [],
  );
}

/** With those of what it builds on, which a run that makes it looks at as well. */
function printed(probe: Rights & { readonly after?: AnyProbe["after"] }, place: ActingPlace): readonly Right[] {
  const before = (probes as readonly AnyProbe[]).filter(({ id }) => probe.after?.includes(id));
  return [probe, ...before].flatMap((one) => rightsOf(one, place));
}

/** Makes one of everything that the probe may make, removes what it may remove by itself, and ends. */
async function unmade(probe: Rights, place: ActingPlace) {
  const store = objectStore();
  const { connection } = await connectedLoopback(granting(printed(probe, place), store.handler));
  const { actor, end } = actingOver(connection, place.namespace === undefined ? {} : { namespace: place.namespace });
  const namespace = await actor.namespace();
  if (!namespace.ok) throw new Error(namespace.message);
  const collectionOf = ({ group, resource, own }: ResourceRight) =>
    `${group === "" ? "/api/v1" : `/apis/${group}/v1`}${own ? `/namespaces/${namespace.value}` : ""}/${resource}`;
  const failed: string[] = [];
  for (const right of declared(probe, "create")) {
    const object = { metadata: { name: actor.name("one") } };
    const said = await (right.own ? actor.create : actor.createClusterScoped)(collectionOf(right), object);
    if (!said.ok || said.value.status !== 201) failed.push(`create ${right.resource}`);
  }
  for (const right of declared(probe, "delete")) {
    const path = `${collectionOf(right)}/${actor.name("one")}`;
    const gone = await actor.remove(path, { milliseconds: 1_000 });
    if (!gone.ok || store.objects.has(path)) failed.push(`delete ${right.resource}`);
  }
  const { remains } = await end(2_000);
  return { failed, remains, left: [...store.objects.keys()] };
}

describe.each(places)("in %s", (_, place) => {
  it.each(making)("%s leaves nothing", async (_id, probe) => {
    expect(await unmade(probe, place)).toEqual({ failed: [], remains: [], left: [] });
  });
});

it("is tried with those that remove what they made while they run", () => {
  const removing = making.filter(([, probe]) => declared(probe, "delete").length > 0).map(([id]) => id);
  expect(removing).toEqual(
    expect.arrayContaining(["kube/claimed-volume", "kube/network-policy-matrix", "kube/workload-spread"]),
  );
});
