/** A probe that makes one ConfigMap, changes it and sees it: the least that acting takes, for the tests of rights. */
import { planRun } from "../../src/engine/plan.ts";
import type { RequirementInForce } from "../../src/engine/requirements.ts";
import { gather } from "../../src/evidence/gather.ts";
import { createRedactor } from "../../src/evidence/redactor.ts";
import type { Connection } from "../../src/kubernetes/connect.ts";
import type { AnyCheck } from "../../src/model/check.ts";
import { read, unread } from "../../src/model/fact.ts";
import { type AnyProbe, defineProbe } from "../../src/model/probe.ts";
import { identityProbe } from "../../src/probes/identity.ts";
import { versionProbe } from "../../src/probes/version.ts";
import { actingOver } from "./acting.ts";

const own = { kind: "resource", group: "", resource: "configmaps", own: true } as const;

/** Writes a fact of another shape's name: it stands in no catalogue. */
const tiny = defineProbe({
  id: "kube/readyz",
  title: "one ConfigMap, made and changed",
  tier: "active",
  rights: [
    { ...own, verb: "create" },
    { ...own, verb: "get" },
    { ...own, verb: "patch" },
  ],
  requests: 4,
  makes: { objects: { ConfigMap: 1 }, pods: 0, seconds: 10 },
  async collect({ act }) {
    const namespace = await act.namespace();
    if (!namespace.ok) return namespace;
    const name = act.name("tiny");
    const path = `/api/v1/namespaces/${namespace.value}/configmaps`;
    const said = await act.create(path, { apiVersion: "v1", kind: "ConfigMap", metadata: { name } });
    if (!said.ok) return said;
    if (said.value.status === 403) return unread("forbidden", "it may not be made");
    const patched = await act.patch(`${path}/${name}`, { data: { a: "1" } });
    if (!patched.ok) return patched;
    if (patched.value.status === 403) return unread("forbidden", "it may not be changed");
    const seen = await act.until(`${path}/${name}`, ({ data }) => data ?? undefined, { milliseconds: 10_000 });
    return seen.ok ? read({ checks: [{ name: "tiny", ok: true }] }) : seen;
  },
});

const probes: readonly AnyProbe[] = [versionProbe, identityProbe, tiny];
const check = { id: "test/tiny", needs: { all: ["kube/readyz"] } } as unknown as AnyCheck;
const requirement = { id: "test/one", requirement: { check: "test/tiny" } } as unknown as RequirementInForce;

export function tinyPlan(namespace?: string) {
  const always = probes.map(({ id }) => id);
  const plan = planRun([requirement], [check], probes, { tier: "active", given: [], place: { namespace } });
  return { ...plan, probes: plan.probes.filter(({ id }) => always.includes(id)) };
}

/** Gathers over the connection as `look` does, and says what became of the facts and of what was made. */
export async function runTiny(connection: Connection, namespace?: string) {
  const acting = actingOver(connection, namespace === undefined ? {} : { namespace });
  const { items, cleanup } = await gather({
    probes,
    wanted: probes.map(({ id }) => id),
    views: { cluster: { ...connection, actor: acting.actor } },
    redactor: createRedactor(Buffer.from("a salt for tests")),
    tier: "active",
    tool: { name: "scs-conformance", version: "0.0.0" },
    gatheredBy: "unsigned",
    now: () => new Date(),
    onEvent: () => undefined,
    cleanUp: async () => {
      const { created, remains } = await acting.end(60_000);
      return { created, left: remains.length };
    },
  });
  const reasons = Object.entries(items).flatMap(([id, fact]) =>
    fact.status === "collected" ? [] : [[id, fact.reason]],
  );
  return { forbidden: Object.fromEntries(reasons) as { readonly [id: string]: string }, cleanup };
}
