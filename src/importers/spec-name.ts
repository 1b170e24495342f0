/** Names of specs, as they are compared: the same spec has one name in JUnit, logs and the lists of upstream. */

/** Nodes of the suite itself, which also stand in JUnit files and are no specs. */
const suiteNode = /^\[(Report|Synchronized)?(Before|After)Suite\]|^\[DeferCleanup \(Suite\)\]/;

/** Without ginkgo's `[It] ` and with single spaces; undefined for nodes of the suite and for nothing. */
export function specName(text: string): string | undefined {
  const name = text.replace(/\s+/g, " ").trim();
  if (name === "" || suiteNode.test(name)) return undefined;
  return name.startsWith("[It] ") ? name.slice("[It] ".length) : name;
}

export const isConformanceSpec = (name: string): boolean => name.includes("[Conformance]");

/** Upstream's specs of networking.k8s.io NetworkPolicy, in any minor: `[sig-network] Netpol ...`, before 1.22 `NetworkPolicy`. */
export const isPolicySpec = (name: string): boolean => /^\[sig-network\] (Netpol|NetworkPolicy(Legacy)?)\b/.test(name);
