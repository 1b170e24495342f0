/** The namespaces of a run: made when first asked for, each once. */
import type { NamespaceOptions } from "../../model/acting.ts";
import { type Reading, read, unread } from "../../model/fact.ts";
import { Defect } from "../../model/faults.ts";
import { namespaceName } from "./marks.ts";
import { uidOf } from "./objects.ts";
import { type ActingRun, make } from "./run.ts";
import { waitFor } from "./wait-for.ts";

export interface RunNamespaces {
  get(options?: NamespaceOptions): Promise<Reading<string>>;
  /** Whether the run may act there. */
  has(namespace: string): boolean;
  /** UID of the run's first namespace, once it is made. */
  readonly owner: string | undefined;
}

/** Pods cannot be made before it is there. */
const accountMilliseconds = 15_000;

export function createNamespaces(run: ActingRun): RunNamespaces {
  const { head } = run.ledger;
  const made = new Map<string, Promise<Reading<string>>>();
  const names = new Set<string>(head.namespace === undefined ? [] : [head.namespace]);
  let owner: string | undefined;

  const makeOne = async ({ purpose, labels, podSecurity }: NamespaceOptions): Promise<Reading<string>> => {
    const name = namespaceName(head.run, purpose);
    const object = {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name,
        labels: { ...labels, "pod-security.kubernetes.io/enforce": podSecurity ?? "restricted" },
      },
    };
    const said = await make(run, "/api/v1/namespaces", object);
    if (!said.ok) return said;
    const { status, body } = said.value;
    if (status === 403) return unread("forbidden", "the cluster does not let this user make a namespace");
    if (status >= 300) return unread("server-error", `the API server answered ${status} to a new namespace`);
    names.add(name);
    if (purpose === undefined) owner = uidOf(body);
    const account = `/api/v1/namespaces/${name}/serviceaccounts/default`;
    const ready = await waitFor(run.reading, account, () => true, { milliseconds: accountMilliseconds }, run.signal);
    if (ready.ok) return read(name);
    return unread(ready.reason, "whether the run's new namespace has its ServiceAccount could not be seen");
  };

  return {
    get(options = {}) {
      const { purpose } = options;
      if (purpose !== undefined && !/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/.test(purpose))
        throw new Defect(`no purpose for a namespace: ${JSON.stringify(purpose)}`);
      if (head.namespace !== undefined) {
        const alone = "it needs a namespace of its own, and the run may only use the one that was named";
        return Promise.resolve(purpose === undefined ? read(head.namespace) : unread("not-given", alone));
      }
      const key = purpose ?? "";
      const known = made.get(key) ?? makeOne(options);
      made.set(key, known);
      return known;
    },
    has: (namespace) => names.has(namespace),
    get owner() {
      return owner;
    },
  };
}
