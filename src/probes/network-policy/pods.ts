/** The peers as pods of the run. */
import { type MatrixPeer, matrixPeers } from "../../model/facts/network-paths.ts";
import type { RunningPod, ServerPod } from "../acting/server-pods.ts";
import { peers } from "./peers.ts";

export function podsIn(namespaces: { readonly home: string; readonly other: string }) {
  return eachPeer((peer): ServerPod => {
    const { labels, ports, stands, in: where } = peers[peer];
    const beside = { namespace: namespaces.home, labels: { ...peers.near.labels }, apart: stands !== "with-near" };
    return {
      namespace: namespaces[where],
      purpose: peer,
      labels,
      ports,
      ...(stands === "anywhere" ? {} : { near: beside }),
    };
  });
}

export function eachPeer<T>(make: (peer: MatrixPeer) => T): { readonly [P in MatrixPeer]: T } {
  return { near: make("near"), far: make("far"), x: make("x"), y: make("y"), z: make("z") };
}

/** Nodes in the order in which they are met. */
export function numbered(pods: { readonly [P in MatrixPeer]: RunningPod }) {
  const known = [...new Set(matrixPeers.map((peer) => pods[peer].node))];
  return matrixPeers.map((peer) => ({ peer, node: known.indexOf(pods[peer].node) + 1 }));
}
