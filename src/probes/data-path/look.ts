/** Tries every way and every name from the client, until all lead somewhere or the time for Services to settle is over. */
import type { ClusterActor } from "../../model/acting.ts";
import { type Reading, read } from "../../model/fact.ts";
import type { DataPathFact, PathAnswer } from "../../model/facts/network-paths.ts";
import { attemptUntil } from "../acting/attempts.ts";
import { resolverOf } from "../acting/resolver.ts";
import type { RunningPod } from "../acting/server-pods.ts";
import { familiesOf } from "../address-family.ts";
import { makeServices } from "./services.ts";
import { namesFrom, pathsFrom } from "./ways.ts";

/** Label of the pod behind the Services. */
export const peerLabel = "path-peer";
export const pathPeers = ["client", "beside", "across"] as const;
export type PathPeer = (typeof pathPeers)[number];

/** How long endpoints and rules of Services may take to reach every node. */
const settleMilliseconds = 40_000;

/** `now`: milliseconds from anywhere, never going back. */
export async function lookAtPaths(
  act: ClusterActor,
  { client, beside, across }: { readonly [Name in PathPeer]: RunningPod },
  now: () => number,
): Promise<Reading<DataPathFact>> {
  const made = await makeServices(act, client.namespace, { [peerLabel]: "across" });
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
    { milliseconds: settleMilliseconds, now },
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
