/** What the management cluster shows: the one whose objects describe and run the cluster that is looked at. */
import { type Static, Type } from "@sinclair/typebox";

/** API groups by which a cluster is managed, with the versions that are served, preferred one first. */
export const ManagementApisFact = Type.Object({
  groups: Type.Array(Type.Object({ group: Type.String(), versions: Type.Array(Type.String()) })),
});
export type ManagementApisFact = Static<typeof ManagementApisFact>;
