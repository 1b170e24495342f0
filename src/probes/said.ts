/** Reads the answers to dry runs: who refused, in whose words. */
import type { Said } from "../model/asking.ts";
import { type Unread, unread } from "../model/fact.ts";
import { textAt } from "./untrusted.ts";

/** The object would have been stored. */
export const isAccepted = ({ status }: Said): boolean => status === 200 || status === 201;

/** The message of the Status; empty when there is none that could be meant. */
export const messageOf = ({ body }: Said): string => textAt(body, "message") ?? "";

/**
 * The caller lacks the right to send this at all: RBAC refuses before admission sees anything, and nothing was learned.
 * Admission refuses with 403 as well, but never in these words.
 */
export function lacksRight(said: Said, verb: "create" | "impersonate"): Unread | undefined {
  return said.status === 403 && messageOf(said).includes(` cannot ${verb} resource `)
    ? unread("forbidden", "the cluster forbids it to this user")
    : undefined;
}
