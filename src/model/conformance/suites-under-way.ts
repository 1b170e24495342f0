/** Who else runs the upstream e2e suite on the cluster: told by namespaces and by what runs in them. */
import type { Instant } from "../vocabulary.ts";

/** A namespace as far as it tells of a run. */
export interface NamespaceSigns {
  readonly name: string;
  readonly createdAt: Instant | undefined;
  /** It is going away. */
  readonly going: boolean;
  /** Of which tool's run it is the home; undefined for all others. */
  readonly home: "ours" | "Sonobuoy" | "Hydrophone" | undefined;
  /** Kind of ours. */
  readonly kind: string | undefined;
  /** UUID of the run of the suite that made it. */
  readonly suiteRun: string | undefined;
}

export interface UnderWay {
  readonly namespace: string;
  /** Ready for a sentence: `Sonobuoy in the namespace sonobuoy`. */
  readonly title: string;
  /** Only the NetworkPolicy specs: they disturb nobody outside their own namespaces. */
  readonly harmless: boolean;
}

/** A suite at work makes a namespace every few seconds; a spec may take this long. */
const recentMilliseconds = 30 * 60_000;
/** A suite between two specs has namespaces that are going away, and makes the next ones soon. */
const betweenMilliseconds = 3 * 60_000;
/** Between a namespace of ours and its pod lies no more. */
const beginningMilliseconds = 2 * 60_000;

/** Namespaces in which a run may be at home: whether it is still at work, its pods tell. */
export const homesIn = (namespaces: readonly NamespaceSigns[]): readonly NamespaceSigns[] =>
  namespaces.filter(({ home }) => home !== undefined);

export interface Looking {
  /** Names of homes in which a container of the suite runs or waits to. */
  readonly working: ReadonlySet<string>;
  /** Milliseconds since the epoch, by the API server's clock. */
  readonly now: number;
  /** The namespace of the run that asks, once it is made: of two that begin at once, the first goes on. */
  readonly mine?: string | undefined;
}

export function suitesUnderWay(
  namespaces: readonly NamespaceSigns[],
  { working, now, mine }: Looking,
): readonly UnderWay[] {
  const isRecent = ({ createdAt }: NamespaceSigns, most: number) =>
    createdAt !== undefined && now - Date.parse(createdAt) < most;
  const own = namespaces.find(({ name }) => name === mine);
  const homes = homesIn(namespaces).filter((signs) => {
    if (signs === own || (own !== undefined && signs.home === "ours" && isBefore(own, signs))) return false;
    return working.has(signs.name) || (signs.home === "ours" && isRecent(signs, beginningMilliseconds));
  });
  if (homes.length > 0) {
    return homes.map(({ name, home, kind }) => ({
      namespace: name,
      title: `${home === "ours" ? "a run of this suite" : home} in the namespace ${name}`,
      harmless: home === "ours" && kind === "networkpolicy",
    }));
  }
  // nobody at home, and still namespaces of specs come up: somebody runs the suite from outside
  const fresh = namespaces.find(
    (signs) => signs.suiteRun !== undefined && isRecent(signs, signs.going ? betweenMilliseconds : recentMilliseconds),
  );
  if (fresh === undefined) return [];
  const title = `somebody's run of the e2e suite, which made the namespace ${fresh.name}`;
  return [{ namespace: fresh.name, title, harmless: false }];
}

const isBefore = (one: NamespaceSigns, other: NamespaceSigns): boolean =>
  `${one.createdAt ?? ""} ${one.name}` < `${other.createdAt ?? ""} ${other.name}`;
