/** A fact: what one probe wrote down about the cluster, or why it could not. */
import { type Static, Type } from "@sinclair/typebox";
import { Instant, UnavailableReason } from "./vocabulary.ts";

/** Why a fact is missing. `resolve` completes the sentence "n need ...": a right, a tier, an input. */
export const Unavailable = Type.Object({
  status: Type.Literal("unavailable"),
  at: Instant,
  reason: UnavailableReason,
  message: Type.String(),
  resolve: Type.String(),
});
export type Unavailable = Static<typeof Unavailable>;

/** A fact's value, and when the cluster showed it. */
export interface Collected<T> {
  readonly status: "collected";
  readonly at: string;
  readonly value: T;
}

export type Fact<T> = Collected<T> | Unavailable;

/** What one read of the cluster gave: the probe's raw material, before it becomes a fact. */
export type Reading<T> = { readonly ok: true; readonly value: T } | Unread;

/** A read that gave nothing, and why. */
export interface Unread {
  readonly ok: false;
  readonly reason: UnavailableReason;
  readonly message: string;
}

export const read = <T>(value: T): Reading<T> => ({ ok: true, value });

export const unread = (reason: UnavailableReason, message: string): Unread => ({ ok: false, reason, message });
