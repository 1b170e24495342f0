/** Whose run a conformance result is, and whether it may speak for this cluster (scs-0201, scs-0219). */
import type { Fact } from "../fact.ts";
import type { IdentityFact } from "../facts/identity.ts";
import type { ConformanceResultsFact } from "../facts/inputs.ts";
import type { VersionFact } from "../facts/version.ts";
import { type CheckResult, type Finding, type Missing, theCluster, undetermined } from "../finding.ts";
import type { JsonObject } from "../json.ts";
import { branchOf, parseKubernetesVersion } from "../versions/kubernetes-version.ts";

/** A new run of the suite would decide. */
export function anotherRun(
  reason: Missing["reason"] = "not-found",
  resolve = "a complete run in `--conformance-results FILE`",
  fact = "input/conformance-results",
): Missing {
  return { fact, reason, resolve };
}

/** What the importer writes when neither version nor names tell the minor. */
export const unknownMinor = "unknown";

export function runObserved(results: ConformanceResultsFact): { [key: string]: JsonObject[string] } {
  const { dryRun, parallel, flakeAttempts, focus, skip } = results.run;
  return {
    tool: results.tool,
    finishedAt: results.finishedAt,
    ...(results.kubernetesVersion === undefined ? {} : { kubernetesVersion: results.kubernetesVersion }),
    ...(results.clusterUid === undefined ? {} : { clusterUid: results.clusterUid }),
    ...(results.product === undefined ? {} : { product: results.product }),
    ...(results.statement === undefined ? {} : { statement: results.statement }),
    executed: results.executed,
    run: { dryRun, parallel, flakeAttempts, focus, skip },
  };
}

/** Undetermined for a run that tested nothing or another minor; undefined when its results may count. */
export function unfitRun(
  results: ConformanceResultsFact,
  minor: string,
  version: Fact<VersionFact>,
  observed: JsonObject,
): CheckResult | undefined {
  if (results.run.dryRun)
    return undetermined("The result is of a dry run, which executes nothing", [anotherRun()], observed);
  if (results.executed === 0) return undetermined("The result holds no executed spec", [anotherRun()], observed);
  const tested = minorOf(results.kubernetesVersion);
  if (tested !== undefined && tested !== minor) {
    const because = `The result says it tested ${results.kubernetesVersion}, but its specs are those of ${minor}`;
    return undetermined(because, [anotherRun("malformed")], observed);
  }
  if (version.status === "unavailable") {
    // `import` looks at a result alone: there is no cluster to compare with
    if (version.reason === "not-given") return undefined;
    const { reason, resolve } = version;
    return undetermined(
      "The cluster's version is not known, so the result cannot be matched with it",
      [{ fact: "kube/version", reason, resolve }],
      observed,
    );
  }
  if (minorOf(version.value.gitVersion) === minor) return undefined;
  if (minor === unknownMinor) {
    const because = "Neither a version nor the names of its specs tell which minor the result is of";
    return undetermined(because, [anotherRun("not-found", "conformance results that name their version")], observed);
  }
  const because = `The result is of ${minor}, the cluster runs ${version.value.gitVersion}`;
  return undetermined(because, [anotherRun("not-found", "conformance results of the cluster's minor")], observed);
}

/** What a result with nothing against it still needs: a time, and whose it is. */
export function withoutStanding(
  results: ConformanceResultsFact,
  observed: JsonObject,
  notes: readonly Finding[],
): CheckResult | undefined {
  const { clusterUid, kubernetesVersion, product, statement } = results;
  if (results.undated === true) {
    const because = "Nothing in the result tells when the suite was run, so it could be of any age";
    const missing = anotherRun("not-found", "the e2e.log that belongs to the result");
    return undetermined(because, [missing], observed, notes);
  }
  if ([clusterUid, kubernetesVersion, product, statement].some((name) => name !== undefined)) return undefined;
  const because = "The result names neither a cluster nor a version, so it could be of any cluster";
  const missing = anotherRun("not-found", "a signed statement of the result's subject");
  return undetermined(because, [missing], observed, notes);
}

/** Where the subject is only somebody's word, the reader is told whose. */
function subjectNotes({ clusterUid, kubernetesVersion, product, statement }: ConformanceResultsFact) {
  if (clusterUid !== undefined || kubernetesVersion !== undefined) return [];
  const note = (code: string, actual: string, message: string): Finding => ({
    code,
    subject: theCluster,
    expected: "a result that names its cluster or version",
    actual,
    message,
  });
  if (statement !== undefined) {
    const message = `The result names no cluster; that it is of ${statement.subject} is stated under the key ${statement.signedBy}`;
    return [note("subject-stated", statement.subject, message)];
  }
  if (product === undefined) return [];
  const named = [product.vendor, product.name, product.version].join(" ");
  return [note("subject-by-submission", named, `The result names no cluster; its submission says ${named}`)];
}

/** Flakes of which only the number is known: the log counts them without a name. */
function unnamedFlakes({ run }: ConformanceResultsFact, named: readonly string[]): readonly Finding[] {
  const count = (run.flaked ?? 0) - named.length;
  if (count <= 0) return [];
  const message = `The log counts ${run.flaked} specs that failed before they passed and does not name ${count} of them`;
  return [{ code: "flaked-unnamed", subject: theCluster, expected: 0, actual: count, message }];
}

/** Another cluster's run is named, not refused: a subject is a provider's configuration, and test clusters are thrown away. */
function otherCluster(results: ConformanceResultsFact, identity: Fact<IdentityFact>): readonly Finding[] {
  if (identity.status === "unavailable" || results.clusterUid === undefined) return [];
  if (results.clusterUid === identity.value.uid) return [];
  const message = "The result is of another cluster than the one looked at";
  return [
    { code: "other-cluster", subject: theCluster, expected: identity.value.uid, actual: results.clusterUid, message },
  ];
}

/** What a reader of any verdict on a result has to know: which specs flaked, of which cluster it is, who says so. */
export function runNotes(results: ConformanceResultsFact, identity: Fact<IdentityFact>, flaked: readonly string[]) {
  const everyFlake = [...(results.conformance?.flaked ?? []), ...(results.networkPolicy?.flaked ?? [])];
  return [
    ...specFindings("flaked", flaked, "passed on a later attempt", "The spec failed before it passed"),
    ...unnamedFlakes(results, everyFlake),
    ...otherCluster(results, identity),
    ...subjectNotes(results),
  ];
}

/** One finding per spec. */
export function specFindings(
  code: string,
  specs: readonly string[],
  actual: string,
  message: string,
): readonly Finding[] {
  return specs.map((name) => ({ code, subject: { kind: "Spec", name }, expected: "passed", actual, message }));
}

function minorOf(text: string | undefined): string | undefined {
  const version = text === undefined ? undefined : parseKubernetesVersion(text);
  return version ? branchOf(version) : undefined;
}
