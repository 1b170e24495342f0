/** What pods of the run reached of each other, of Services and of names: by doing, at tier `active` and above. */
import { type Static, Type } from "@sinclair/typebox";
import { oneOf } from "../vocabulary.ts";
import { Hindrance } from "./hindrance.ts";
import { ScopedFamily } from "./network.ts";
import { AddressFamily } from "./nodes.ts";

/**
 * What became of one attempt: `allowed` the other side answered; `timeout` nothing came back; `refused` a reset, or an ICMP
 * message that says so; `no-name` the name was not resolved; `other` anything else, such as no route.
 */
export const pathAnswers = ["allowed", "timeout", "refused", "no-name", "other"] as const;
export const PathAnswer = oneOf(pathAnswers);
export type PathAnswer = Static<typeof PathAnswer>;

const Protocol = oneOf(["TCP", "UDP"]);
const Milliseconds = Type.Integer({ minimum: 0 });

/** Pods of the matrix: servers `near` and `far`, clients `x` and `y` beside them, `z` in another namespace. */
export const matrixPeers = ["near", "far", "x", "y", "z"] as const;
const MatrixPeer = oneOf(matrixPeers);
export type MatrixPeer = Static<typeof MatrixPeer>;

/** One attempt that is made over each address family, or, for a lookup, by name. */
export const MatrixCell = Type.Object({
  from: MatrixPeer,
  to: MatrixPeer,
  port: Type.Integer({ minimum: 1, maximum: 65535 }),
  protocol: Protocol,
  /** Whether a name is resolved, and no more. */
  lookup: Type.Optional(Type.Literal(true)),
  expected: oneOf(["allowed", "blocked"]),
  seen: Type.Array(Type.Object({ over: Type.Union([AddressFamily, Type.Literal("name")]), answer: PathAnswer })),
});
export type MatrixCell = Static<typeof MatrixCell>;

export const stepOutcomes = ["as-expected", "differs", "not-applied", "not-looked-at", "not-run"] as const;

const MatrixStep = Type.Object({
  /** `deny-ingress`. */
  id: Type.String(),
  /**
   * `differs`: some cell was not as expected to the end of its time; `not-applied`: the API server refused a policy;
   * `not-looked-at`: the attempts could not be made; `not-run`: an earlier step, or the time, left nothing to learn.
   */
  outcome: oneOf(stepOutcomes),
  /** Known to differ on networks that otherwise enforce policies, and why. */
  weak: Type.Optional(Type.String()),
  milliseconds: Milliseconds,
  rounds: Type.Integer({ minimum: 0 }),
  /** As last seen. */
  cells: Type.Array(MatrixCell),
  message: Type.Optional(Type.String()),
});
export type MatrixStep = Static<typeof MatrixStep>;

/** NetworkPolicies of the run at work (networking.k8s.io/v1), step by step; the first step has none. */
export const NetworkPolicyMatrixFact = Type.Object({
  /** Why there are no pods, and so no steps. */
  hindrance: Type.Optional(Hindrance),
  families: Type.Array(AddressFamily),
  /** Nodes by number: who stands beside whom. */
  nodes: Type.Array(Type.Object({ peer: MatrixPeer, node: Type.Integer({ minimum: 1 }) })),
  milliseconds: Milliseconds,
  steps: Type.Array(MatrixStep),
});
export type NetworkPolicyMatrixFact = Static<typeof NetworkPolicyMatrixFact>;

/** Ways from a pod, and whether they lead anywhere. */
export const DataPathFact = Type.Object({
  /** Why there are no pods, and so nothing else. */
  hindrance: Type.Optional(Hindrance),
  /** Families of which pods of the run have an address. */
  podFamilies: Type.Array(AddressFamily),
  /** Families of which Services of the run got an address; others were refused. */
  serviceFamilies: Type.Array(AddressFamily),
  paths: Type.Array(
    Type.Object({
      /** A pod's address; a ClusterIP; the name of a headless Service; the client's own node at a NodePort. */
      to: oneOf(["pod", "service", "headless-name", "node-port"]),
      family: AddressFamily,
      protocol: Protocol,
      /** Where the server stands, seen from the client. */
      placement: oneOf(["same-node", "other-node"]),
      answer: PathAnswer,
    }),
  ),
  names: Type.Array(
    Type.Object({
      /** How the name is written: `service`, `service.namespace`, ..., `kubernetes.default`. */
      written: oneOf(["service", "service.namespace", "service.namespace.svc", "full", "kubernetes.default"]),
      resolved: Type.Boolean(),
      answer: PathAnswer,
    }),
  ),
  /** Domains that the pod's resolver appends. */
  searchDomains: Type.Integer({ minimum: 0 }),
});
export type DataPathFact = Static<typeof DataPathFact>;

const Published = {
  /** Why it was not made, or nothing stood behind it. */
  hindrance: Type.Optional(Hindrance),
  addresses: Type.Array(ScopedFamily),
  /** A name instead of an address, or beside it. */
  hostname: Type.Boolean(),
  /** Tried from a pod of the cluster, by the first address or name; absent: there was none. */
  answer: Type.Optional(PathAnswer),
  /** How long until the address was there, or was no longer waited for. */
  milliseconds: Milliseconds,
  /** What controllers said meanwhile. */
  events: Type.Array(Type.String()),
};

/** A Service of type LoadBalancer with nothing but its mandatory fields, made by the run. */
export const LoadBalancerTrialFact = Type.Object({
  ...Published,
  /** Asked for both families afterwards, once it had an address; absent: it had none, or the cluster has one family. */
  dualStack: Type.Optional(Type.Object({ addresses: Type.Array(ScopedFamily) })),
  /** The Service was gone in time: its finalizer is the load balancer's. */
  removed: Type.Boolean(),
});
export type LoadBalancerTrialFact = Static<typeof LoadBalancerTrialFact>;

/** An Ingress without a class, made by the run. */
export const IngressTrialFact = Type.Object({
  /** The class that the API server gave it, by default; absent: none. */
  className: Type.Optional(Type.String()),
  ...Published,
});
export type IngressTrialFact = Static<typeof IngressTrialFact>;
