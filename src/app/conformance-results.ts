/** Results of the upstream e2e suite as inputs: which file speaks for which specs, each with its own time. */
import { digestOf } from "../model/digest.ts";
import type { Inputs } from "../model/evidence.ts";
import type { ConformanceResultsFact, NodeConfigurationFact } from "../model/facts/inputs.ts";
import { UsageError } from "../model/faults.ts";
import type { Json } from "../model/json.ts";

type StoredResults = NonNullable<Inputs["conformanceResults"]>;
type ResultInputs = Pick<Inputs, "conformanceResults" | "networkPolicyResults">;

/** The results that the conformance specs and the NetworkPolicy specs are judged by; both may be the same. */
export interface ResultPair {
  readonly suite?: StoredResults;
  readonly policies?: StoredResults;
}

export interface ReadResults {
  readonly file: string;
  readonly value: ConformanceResultsFact;
  readonly nodes?: NodeConfigurationFact;
}

/** A clock that runs ahead by less than a day is nobody's fraud. */
const mostAhead = 86_400_000;

/** Reads files and folders of results. Throws UsageError for what is none, and for runs that ended after now. */
export async function readResultFiles(
  files: readonly string[],
  now: Date = new Date(),
): Promise<readonly ReadResults[]> {
  const [{ importResults }, { loadSpecLists }] = await Promise.all([
    import("../importers/import-file.ts"),
    import("../catalogue/conformance-specs.ts"),
  ]);
  const lists = loadSpecLists();
  const read: ReadResults[] = [];
  for (const file of files) {
    const { results: value, nodes } = await importResults(file, lists);
    if (Date.parse(value.finishedAt) > now.getTime() + mostAhead) {
      throw new UsageError([
        { file, message: `says that the suite ended at ${value.finishedAt}, which is yet to come` },
      ]);
    }
    read.push({ file, value, ...(nodes ? { nodes } : {}) });
  }
  return read;
}

/** Two runs may share the work, one for each kind of specs; two of one kind contradict each other. */
export function pairOf(read: readonly ReadResults[]): ResultPair {
  const [first, ...more] = read;
  if (!first) return {};
  if (more.length === 0) return pairOfValue(first.value);
  const only = (kind: "conformance" | "networkPolicy", word: string): ConformanceResultsFact | undefined => {
    const [one, other] = read.filter(({ value }) => value[kind] !== undefined && value.executed > 0);
    if (other) {
      const message = `holds ${word} specs, and so does ${one?.file}`;
      throw new UsageError([{ file: other.file, message }], "Give one run for each kind of specs.");
    }
    return one?.value;
  };
  const pair = { suite: only("conformance", "conformance"), policies: only("networkPolicy", "NetworkPolicy") };
  for (const { file, value } of read) {
    if (value === pair.suite || value === pair.policies) continue;
    throw new UsageError([{ file, message: "holds no executed conformance or NetworkPolicy spec" }], "Leave it out.");
  }
  return {
    ...(pair.suite ? { suite: stored(pair.suite) } : {}),
    ...(pair.policies ? { policies: stored(pair.policies) } : {}),
  };
}

function pairOfValue(value: ConformanceResultsFact): ResultPair {
  const results = stored(value);
  const policies = value.networkPolicy === undefined ? {} : { policies: results };
  return value.conformance === undefined && value.networkPolicy ? policies : { suite: results, ...policies };
}

/** What the newest of the results tells of the nodes, if any does. */
export function nodesIn(read: readonly ReadResults[]): Pick<Inputs, "nodeConfiguration"> {
  const told = read.flatMap(({ nodes }) => (nodes ? [nodes] : []));
  const newest = told.sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
  if (!newest) return {};
  const value = newest as unknown as Json;
  return { nodeConfiguration: { at: newest.at, sha256: digestOf(value), value } };
}

/** The pair that inputs carry already; what is new replaces what is of its kind. */
export function pairIn({ conformanceResults, networkPolicyResults }: ResultInputs): ResultPair {
  const value = conformanceResults?.value as unknown as ConformanceResultsFact | undefined;
  const policies = networkPolicyResults ?? (value?.networkPolicy ? conformanceResults : undefined);
  return {
    ...(conformanceResults ? { suite: conformanceResults } : {}),
    ...(policies ? { policies } : {}),
  };
}

export function resultInputs({ suite, policies }: ResultPair): ResultInputs {
  const own = policies && policies.sha256 !== suite?.sha256 ? { networkPolicyResults: policies } : {};
  return { ...(suite ? { conformanceResults: suite } : {}), ...own };
}

/** Who gives a nameless result for a subject and signs the report states whose it is. */
export function stated(pair: ResultPair, subject: string | undefined, signedBy: string | undefined): ResultPair {
  if (subject === undefined || signedBy === undefined || signedBy === "unsigned") return pair;
  const state = (results: StoredResults): StoredResults => {
    const value = results.value as unknown as ConformanceResultsFact;
    const { clusterUid, kubernetesVersion, product, statement } = value;
    if ([clusterUid, kubernetesVersion, product, statement].some((name) => name !== undefined)) return results;
    return stored({ ...value, statement: { subject, signedBy } });
  };
  return {
    ...(pair.suite ? { suite: state(pair.suite) } : {}),
    ...(pair.policies ? { policies: state(pair.policies) } : {}),
  };
}

function stored(value: ConformanceResultsFact): StoredResults {
  const json = value as unknown as Json;
  return { at: value.finishedAt, sha256: digestOf(json), value: json };
}
