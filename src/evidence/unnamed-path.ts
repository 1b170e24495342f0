/** Paths of Kubernetes APIs without what somebody named: which kind of object was asked for, and not which one. */

/** Names of namespaces and of objects become `*`; of the query only `limit` is kept. */
export function unnamedPath(path: string): string {
  const [place = "", query] = path.split("?", 2);
  const unnamed = place
    .replace(/(\/namespaces\/)[^/]+/, "$1*")
    .replace(/(\/namespaces\/\*\/[^/]+\/)[^/]+/, "$1*")
    // an object without a namespace, and what lies below it
    .replace(/^(\/(?:api\/[^/]+|apis\/[^/]+\/[^/]+)\/(?!namespaces\/)[^/]+\/)[^/]+/, "$1*");
  const limit = /(?:^|&)(limit=\d+)(?:&|$)/.exec(query ?? "")?.[1];
  return limit === undefined ? unnamed : `${unnamed}?${limit}`;
}
