/** The pods between which policies are tried. */
import type { MatrixPeer } from "../../model/facts/network-paths.ts";

export interface Peer {
  /** Namespace of the policies, or the one beside it. */
  readonly in: "home" | "other";
  readonly labels: { readonly [key: string]: string };
  /** Wanted, not demanded: where it came to stand is seen. */
  readonly stands: "with-near" | "apart-from-near" | "anywhere";
  /** Servers have two ports of each protocol, clients one. */
  readonly ports: readonly number[];
}

/** First port of each peer. */
export const firstPort = 8080;
/** Servers' second port, named `second`. */
export const secondPort = 8081;

/** `z` has the labels of `x` and stands in the other namespace: a pod selector alone never means it. */
export const peers: { readonly [P in MatrixPeer]: Peer } = {
  near: {
    in: "home",
    labels: { role: "server", peer: "near" },
    stands: "anywhere",
    ports: [firstPort, secondPort],
  },
  far: {
    in: "home",
    labels: { role: "server", peer: "far" },
    stands: "apart-from-near",
    ports: [firstPort, secondPort],
  },
  x: { in: "home", labels: { role: "client", peer: "x" }, stands: "with-near", ports: [firstPort] },
  y: { in: "home", labels: { role: "client", peer: "y" }, stands: "with-near", ports: [firstPort] },
  z: { in: "other", labels: { role: "client", peer: "x" }, stands: "apart-from-near", ports: [firstPort] },
};
