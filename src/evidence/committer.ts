/** Commits to names, each with a salt of its own, and remembers how to open them. */
import { commitmentOf, type Opening, tokenOf } from "../model/commitment.ts";
import type { Redactor } from "../model/probe.ts";

export interface Committer extends Redactor {
  /** The same name of the same kind is the same token each time; kinds do not compare. */
  commit(kind: string, name: string): string;
  /** All so far. */
  openings(): readonly Opening[];
}

/** `random` gives that many bytes that nobody can foresee. */
export function createCommitter(random: (bytes: number) => Uint8Array): Committer {
  const byName = new Map<string, Opening>();
  const byToken = new Map<string, Opening>();
  const fresh = (kind: string, name: string): Opening => {
    const salt = Buffer.from(random(32)).toString("hex");
    const token = tokenOf(kind, commitmentOf({ kind, salt, name }));
    // 64 bits: that two names meet happens never, and then it must not
    return byToken.has(token) ? fresh(kind, name) : { token, kind, name, salt };
  };
  const commit = (kind: string, name: string): string => {
    const key = `${kind}\0${name}`;
    const opening = byName.get(key) ?? fresh(kind, name);
    byName.set(key, opening);
    byToken.set(opening.token, opening);
    return opening.token;
  };
  return {
    commit,
    pseudonym: commit,
    original: (token) => byToken.get(token)?.name,
    openings: () => [...byToken.values()],
  };
}
