/** Well-known ports of nodes, dialled straight from where the run is. No address is kept. */
import { type Static, Type } from "@sinclair/typebox";
import { oneOf } from "../vocabulary.ts";
import { ScopedFamily } from "./network.ts";
import { AddressFamily, AddressScope } from "./nodes.ts";

const Ports = Type.Array(Type.Integer({ minimum: 1, maximum: 65_535 }));

/** An address of a node, and what its ports answered; each port that was to be dialled stands in one of the lists. */
export const DialledAddress = Type.Object({
  node: Type.String(),
  type: oneOf(["InternalIP", "ExternalIP"]),
  family: AddressFamily,
  /** `private` or `global`: others are not dialled. */
  scope: AddressScope,
  open: Ports,
  refused: Ports,
  /** No answer within seconds: filtered, or nobody is there. */
  silent: Ports,
  /** This machine knows no way, or was told on the way that there is none. */
  noRoute: Ports,
  /** The time was over before. */
  notTried: Ports,
});
export type DialledAddress = Static<typeof DialledAddress>;

/**
 * Signs that the run stands inside the network of the nodes. `own-address`: it runs on a node. `own-network`: a node has an
 * address in a network that this machine has an interface in. `pod-range`: this machine has an address for pods.
 * `private-endpoint`: the API server was reached at a private address.
 */
export const insideSigns = ["own-address", "own-network", "pod-range", "private-endpoint"] as const;
export type InsideSign = (typeof insideSigns)[number];

export const DialledPortsFact = Type.Object({
  addresses: Type.Array(DialledAddress),
  /** Nodes beyond the most that are dialled; those of the control plane come first. */
  nodesLeftOut: Type.Integer({ minimum: 0 }),
  /** How far this machine's own addresses reach. */
  runner: Type.Array(ScopedFamily),
  /** That there is none does not show that it stands outside. */
  inside: Type.Array(oneOf(insideSigns)),
});
export type DialledPortsFact = Static<typeof DialledPortsFact>;
