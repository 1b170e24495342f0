/** What a fact is known by once its value is not at hand. */
import { digestOf } from "./digest.ts";
import type { FactDigest, Gathering, StoredFact } from "./evidence.ts";

/** An unavailable fact has the digest of its reason and message. */
export function factDigest(id: string, fact: StoredFact): FactDigest {
  const { status } = fact;
  return {
    id,
    status,
    sha256: status === "collected" ? fact.sha256 : digestOf({ reason: fact.reason, message: fact.message }),
  };
}

/** All facts of a gathering, by id. */
export function factDigests({ items }: Pick<Gathering, "items">): FactDigest[] {
  return Object.entries(items)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, fact]) => factDigest(id, fact));
}
