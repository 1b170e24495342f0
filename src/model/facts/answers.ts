/** What the API server says it would do: answers to dry runs and access reviews. Nothing of it was stored. */
import { type Static, Type } from "@sinclair/typebox";

/** `null`: the answer does not tell. */
const Told = Type.Union([Type.Boolean(), Type.Null()]);

/** Which authorizers answered reviews about invented users (SubjectAccessReview, `status.reason`). */
export const AuthorizersFact = Type.Object({
  /** Refused in its own words (`no relationship found between node ...`); false: refused without them. */
  node: Told,
  /** Its own words: `RBAC: allowed by ...`. */
  rbac: Told,
  /** A user without any group or binding is allowed what nobody was granted: AlwaysAllow, or a binding to everybody. */
  allowsAnyone: Type.Boolean(),
});
export type AuthorizersFact = Static<typeof AuthorizersFact>;

/** Whether the API server lets a node change another one (admission plugin NodeRestriction). */
export const NodeRestrictionFact = Type.Object({
  /** The plugin refused in its own words; false: the change would have been stored; null: something else refused. */
  refused: Told,
});
export type NodeRestrictionFact = Static<typeof NodeRestrictionFact>;

/** Whether Pod Security admission answers (KEP-2579), and which level it enforces where no label says so. */
export const PodSecurityFact = Type.Object({
  /** A level that does not exist is refused; false: it would have been stored; null: something else refused. */
  admission: Told,
  /**
   * What became of a privileged pod in the namespace `default`: refused by the plugin with this level, by something else
   * (a policy engine, a quota), or not at all. Absent: could not be asked.
   */
  privilegedPod: Type.Optional(
    Type.Object({
      refused: Type.Boolean(),
      /** The namespace itself names a level by label; null: its labels could not be read. */
      labelled: Told,
      /** `baseline` or `restricted`, when it was the plugin. */
      level: Type.Optional(Type.String()),
    }),
  ),
});
export type PodSecurityFact = Static<typeof PodSecurityFact>;

/** Whether a Service that requires both address families would be created. */
export const DualStackServicesFact = Type.Object({
  dualStack: Told,
  /** Families of the addresses that it would get, in order. */
  families: Type.Array(Type.Union([Type.Literal("IPv4"), Type.Literal("IPv6")])),
});
export type DualStackServicesFact = Static<typeof DualStackServicesFact>;

/** The storage class that a claim without one would get. */
export const ClaimClassFact = Type.Object({
  /** Null: it would get none. */
  storageClass: Type.Union([Type.String(), Type.Null()]),
});
export type ClaimClassFact = Static<typeof ClaimClassFact>;
