/** Whom a list lets in, wherever it is written: in a management cluster or in the cloud. */
import { type Static, Type } from "@sinclair/typebox";
import { AddressFamily } from "./nodes.ts";

/** A list of address ranges without the ranges: they tell where customers sit. */
export const AccessList = Type.Object({
  ranges: Type.Integer({ minimum: 0 }),
  /** Families for which a range lets everybody in: 0.0.0.0/0, ::/0. */
  openTo: Type.Array(AddressFamily),
  /** Entries that are no ranges. */
  malformed: Type.Integer({ minimum: 0 }),
});
export type AccessList = Static<typeof AccessList>;
