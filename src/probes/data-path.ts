import { type Reading, read } from "../model/fact.ts";
import type { DataPathFact, PathAnswer } from "../model/facts/network-paths.ts";
import { defineProbe, type ProbeContext } from "../model/probe.ts";
import { attemptUntil } from "./acting/attempts.ts";
import { resolverOf } from "./acting/resolver.ts";
import { type RunningPod, type ServerPod, startServers } from "./acting/server-pods.ts";
import { familiesOf } from "./address-family.ts";
import { makeServices } from "./data-path/services.ts";
import { namesFrom, pathsFrom } from "./data-path/ways.ts";

const own = { own: true } as const;
/** How long endpoints and rules of Services may take to reach every node. */
const settleMilliseconds = 40_000;

export const dataPathProbe = defineProbe({
  id: "kube/data-path",
  title: "whether pods of the run reach pods, Services and names, by address family",
  tier: "active",
  rights: [
    { kind: "resource", verb: "create", group: "", resource: "pods", ...own },
    { kind: "resource", verb: "get", group: "", resource: "pods", ...own },
    { kind: "resource", verb: "create", group: "", resource: "pods/exec", ...own },
    { kind: "resource", verb: "get", group: "", resource: "pods/exec", ...own },
    { kind: "resource", verb: "list", group: "", resource: "events", ...own },
    { kind: "resource", verb: "create", group: "", resource: "services", ...own },
  ],
  requests: 25,
  makes: {
    objects: { Pod: 3, Service: 4 },
    pods: 3,
    cpuMillicores: 30,
    memoryMebibytes: 48,
    seconds: 240,
  },
  async collect({ act }) {
    const namespace = await act.namespace();
    if (!namespace.ok) return namespace;
    const servers = await startServers(act, podsIn(namespace.value));
    if (!servers.ok) return servers;
    const nothing = { podFamilies: [], serviceFamilies: [], paths: [], names: [], searchDomains: 0 };
    if ("hindrance" in servers.value) return read({ ...nothing, hindrance: servers.value.hindrance });
    const { client, beside, across } = servers.value.pods;
    return look(act, { client, beside, across });
  },
});

function podsIn(namespace: string) {
  const labels = (peer: string) => ({ "path-peer": peer });
  const pod = (peer: string, apart?: boolean): ServerPod => ({
    namespace,
    purpose: `path-${peer}`,
    labels: labels(peer),
    ports: [8080],
    ...(apart === undefined ? {} : { near: { namespace, labels: labels("client"), apart } }),
  });
  return { client: pod("client"), beside: pod("beside", false), across: pod("across", true) };
}

async function look(
  act: ProbeContext["act"],
  { client, beside, across }: { readonly [Name in "client" | "beside" | "across"]: RunningPod },
): Promise<Reading<DataPathFact>> {
  const made = await makeServices(act, client.namespace, { "path-peer": "across" });
  if (!made.ok) return made;
  const resolver = await resolverOf(act, client);
  if (!resolver.ok && resolver.reason !== "not-visible") return resolver;
  const standing = { client, servers: [beside, across], backend: across, made: made.value };
  const paths = pathsFrom(standing);
  const names = namesFrom(standing, resolver.ok ? resolver.value : undefined);
  // a name that was resolved has done its part, wherever it leads
  const reached = (answers: readonly PathAnswer[]) =>
    answers.every((answer, index) => answer === "allowed" || (index >= paths.length && answer !== "no-name"));
  const answers = await attemptUntil(
    act,
    client,
    [...paths, ...names].map(({ attempt }) => attempt),
    reached,
    settleMilliseconds,
  );
  if (!answers.ok) return answers;
  const answer = (index: number): PathAnswer => answers.value[index] ?? "other";
  const { cluster, nodePort } = made.value;
  return read({
    podFamilies: familiesOf(client.addresses),
    serviceFamilies: familiesOf([...(cluster?.addresses ?? []), ...(nodePort?.addresses ?? [])]),
    paths: paths.map(({ about }, index) => ({ ...about, answer: answer(index) })),
    names: names.map(({ about }, index) => {
      const said = answer(paths.length + index);
      return { ...about, resolved: said !== "no-name", answer: said };
    }),
    searchDomains: resolver.ok ? resolver.value.searchDomains : 0,
  });
}
