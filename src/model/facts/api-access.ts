/** Who may reach the API server, as the management cluster has it written and as it says that it is applied. */
import { type Static, Type } from "@sinclair/typebox";
import { AccessList } from "./access-list.ts";

export const ManagementApiAccessFact = Type.Object({
  kind: Type.Union([Type.Literal("OpenStackCluster"), Type.Literal("TenantControlPlane"), Type.Literal("Shoot")]),
  apiVersion: Type.String(),
  /** A load balancer is made for the API server; null: not written. */
  loadBalancer: Type.Union([Type.Boolean(), Type.Null()]),
  /** Octavia's provider as asked for; absent: the cloud's default. */
  provider: Type.Optional(Type.Union([Type.Literal("amphora"), Type.Literal("ovn"), Type.Literal("other")])),
  /** A floating IP is attached; null: not known. */
  floatingIp: Type.Union([Type.Boolean(), Type.Null()]),
  /** Null: no list is written. */
  written: Type.Union([Type.Null(), AccessList]),
  /** What the status says is applied; null: the status says nothing. */
  applied: Type.Union([Type.Null(), AccessList]),
  /** Ranges that are written and not applied. */
  notApplied: Type.Integer({ minimum: 0 }),
});
export type ManagementApiAccessFact = Static<typeof ManagementApiAccessFact>;
