/** The steps of the matrix: which policies are there, and what gets through them by the API (networking.k8s.io/v1). */
import type { MatrixCell, MatrixPeer } from "../../model/facts/network-paths.ts";
import { baselineStep, firstPolicyStep, lookupStep } from "../../model/network/policy-matrix.ts";
import { firstPort, secondPort } from "./peers.ts";
import {
  addressesOf,
  denyEgress,
  denyIngress,
  exceptAddressesOf,
  fromAddressesOf,
  fromOtherNamespace,
  fromX,
  fromXAt,
  fromYOfHome,
  type Ground,
  into,
  outOf,
  type PolicySpec,
  podsOf,
} from "./policies.ts";

export type PlannedCell = Omit<MatrixCell, "seen">;

/** Policies by name; together they are all that there are during a step. */
export type Policies = (ground: Ground) => { readonly [name: string]: PolicySpec };

export interface PlannedStep {
  readonly id: string;
  readonly policies: Policies;
  readonly cells: readonly PlannedCell[];
  /** Networks that enforce policies may still differ here, and why. */
  readonly weak?: string;
}

type Way = Omit<PlannedCell, "expected">;
const tcp = (from: MatrixPeer, to: MatrixPeer, port = firstPort): Way => ({ from, to, port, protocol: "TCP" });
const udp = (from: MatrixPeer, to: MatrixPeer, port = firstPort): Way => ({ from, to, port, protocol: "UDP" });
/** The name of the API server's Service, which every cluster has. */
const lookup: Way = { from: "x", to: "x", port: 443, protocol: "TCP", lookup: true };

const cells = (allowed: readonly Way[], blocked: readonly Way[]): readonly PlannedCell[] => [
  ...allowed.map((way) => ({ ...way, expected: "allowed" as const })),
  ...blocked.map((way) => ({ ...way, expected: "blocked" as const })),
];

const byIdentity = "some networks (Cilium) know pods by identity and never match their addresses";
const nodeLocal = "a DNS cache on the node answers from where policies leave traffic alone";
const deny = { "deny-ingress": denyIngress };

const underPolicies: readonly PlannedStep[] = [
  {
    id: firstPolicyStep,
    policies: () => deny,
    cells: cells(
      [tcp("x", "z")],
      [tcp("x", "near"), tcp("y", "far"), tcp("z", "near"), tcp("z", "far"), udp("x", "far")],
    ),
  },
  {
    id: "allow-pods",
    policies: () => ({ ...deny, open: fromX }),
    cells: cells(
      [tcp("x", "near"), tcp("x", "far"), udp("x", "far")],
      [tcp("y", "near"), tcp("y", "far"), tcp("z", "near"), tcp("z", "far")],
    ),
  },
  {
    id: "allow-namespace",
    policies: (ground) => ({ ...deny, open: fromOtherNamespace(ground) }),
    cells: cells([tcp("z", "near"), tcp("z", "far")], [tcp("x", "near"), tcp("x", "far"), tcp("y", "far")]),
  },
  {
    id: "allow-pods-of-namespace",
    policies: (ground) => ({ ...deny, open: fromYOfHome(ground) }),
    cells: cells([tcp("y", "near"), tcp("y", "far")], [tcp("x", "near"), tcp("z", "near"), tcp("z", "far")]),
  },
  {
    id: "allow-port",
    policies: () => ({ ...deny, open: fromXAt({ port: firstPort, protocol: "TCP" }) }),
    cells: cells(
      [tcp("x", "near"), tcp("x", "far")],
      [udp("x", "near"), tcp("x", "far", secondPort), tcp("y", "near")],
    ),
  },
  {
    id: "allow-udp",
    policies: () => ({ ...deny, open: fromXAt({ port: firstPort, protocol: "UDP" }) }),
    cells: cells([udp("x", "near"), udp("x", "far")], [tcp("x", "near"), tcp("x", "far"), udp("x", "far", secondPort)]),
  },
  {
    id: "named-port",
    policies: () => ({ ...deny, open: fromXAt({ port: "second", protocol: "TCP" }) }),
    cells: cells(
      [tcp("x", "near", secondPort), tcp("x", "far", secondPort)],
      [tcp("x", "near"), tcp("x", "far"), udp("x", "near", secondPort)],
    ),
  },
  {
    id: "end-port",
    policies: () => ({ ...deny, open: fromXAt({ port: 8070, endPort: firstPort, protocol: "TCP" }) }),
    cells: cells([tcp("x", "near"), tcp("x", "far")], [tcp("x", "near", secondPort), tcp("x", "far", secondPort)]),
  },
  {
    id: "deny-egress",
    policies: () => ({ "deny-egress": denyEgress }),
    cells: cells(
      [tcp("z", "near"), tcp("z", "far")],
      [tcp("x", "near"), tcp("x", "far"), udp("x", "far"), tcp("x", "z"), tcp("y", "far")],
    ),
  },
  {
    id: "deny-lookup",
    weak: nodeLocal,
    policies: () => ({ "deny-egress": denyEgress }),
    cells: cells([tcp("z", "near")], [lookup]),
  },
  {
    id: "allow-egress",
    policies: () => ({ "deny-egress": denyEgress, out: outOf("x", [podsOf("near")]) }),
    cells: cells([tcp("x", "near"), lookup], [tcp("x", "far"), tcp("x", "z"), tcp("y", "near")]),
  },
  {
    id: "both-directions",
    policies: () => ({
      ...deny,
      out: outOf("x", [podsOf("near")]),
      "into-near": into("near", "y"),
      "into-far": into("far", "x"),
    }),
    cells: cells([tcp("y", "near")], [tcp("x", "near"), tcp("x", "far"), tcp("y", "far"), tcp("z", "near")]),
  },
  {
    id: "update",
    policies: () => ({
      ...deny,
      out: outOf("x", [podsOf("near")]),
      "into-near": into("near", "x"),
      "into-far": into("far", "x"),
    }),
    cells: cells([tcp("x", "near")], [tcp("y", "near"), tcp("x", "far")]),
  },
  {
    id: "ip-block",
    weak: byIdentity,
    policies: (ground) => ({ ...deny, open: fromAddressesOf(ground, "x") }),
    cells: cells([tcp("x", "near"), tcp("x", "far")], [tcp("y", "near"), tcp("y", "far"), tcp("z", "near")]),
  },
  {
    id: "ip-block-except",
    weak: byIdentity,
    policies: (ground) => ({ ...deny, open: exceptAddressesOf(ground, "x") }),
    cells: cells([tcp("y", "near"), tcp("y", "far"), tcp("z", "near")], [tcp("x", "near"), tcp("x", "far")]),
  },
  {
    id: "egress-ip-block",
    weak: byIdentity,
    policies: (ground) => ({ out: outOf("x", addressesOf(ground, "near")) }),
    cells: cells([tcp("x", "near"), tcp("y", "far")], [tcp("x", "far"), tcp("x", "z")]),
  },
];

const everyWay: readonly PlannedCell[] = [
  ...new Map(
    underPolicies
      .flatMap((step) => step.cells)
      .map((cell) => [JSON.stringify({ ...cell, expected: "allowed" }), { ...cell, expected: "allowed" as const }]),
  ).values(),
];

const none: Policies = () => ({});

/** In this order: each step changes what gets through, so that one that is as expected has seen its policies take effect. */
export const matrixSteps: readonly PlannedStep[] = [
  { id: baselineStep, policies: none, cells: everyWay.filter((cell) => !cell.lookup) },
  // apart: names may be dead where policies are well
  { id: lookupStep, policies: none, cells: everyWay.filter((cell) => cell.lookup) },
  ...underPolicies,
  {
    id: "delete",
    policies: none,
    cells: cells([tcp("x", "near"), tcp("x", "far"), tcp("x", "z"), tcp("y", "near"), tcp("z", "far")], []),
  },
];
