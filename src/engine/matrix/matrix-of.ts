/** reports + scope + release data + date -> matrix. A pure function: whoever has the reports makes the same bytes. */
import type { Catalogue } from "../../model/catalogue.ts";
import { digestOf, uuidFromDigest } from "../../model/digest.ts";
import type { Json } from "../../model/json.ts";
import type { Cell, IndexedReport, Matrix, MatrixInputs } from "../../model/matrix.ts";
import type { Report } from "../../model/report.ts";
import type { Scope } from "../../model/scope.ts";
import { branchOf, parseKubernetesVersion } from "../../model/versions/kubernetes-version.ts";
import { compareBranches } from "../../model/versions/offered-branches.ts";
import { type Instant, type Sha256, verdicts } from "../../model/vocabulary.ts";
import { requirementsInForce } from "../requirements.ts";
import { scopeAsOf } from "../scope-as-of.ts";
import { worst } from "../verdict.ts";
import { cellOf, type SoundReport } from "./cells.ts";
import { aboutOffers, providerOf } from "./providers.ts";
import { subjectParts } from "./subject-parts.ts";

/** A report as it was found, and what came of verifying it. */
export interface FoundReport {
  readonly place: string;
  readonly sha256: Sha256;
  /** Undefined when these bytes are no report. */
  readonly report: Report | undefined;
  readonly signedBy: string | undefined;
  /** Why it counts for nothing, one clause; undefined when it holds. */
  readonly refused: string | undefined;
}

export interface MatrixOf {
  readonly name: string;
  readonly found: readonly FoundReport[];
  readonly asOf: Instant;
  readonly scope: Scope;
  readonly catalogue: Catalogue;
  readonly inputs: MatrixInputs;
  readonly data: Matrix["data"];
  readonly tool: Matrix["tool"];
}

export function matrixOf({ name, found, asOf, scope, catalogue, inputs, data, tool }: MatrixOf): Matrix {
  const ruling = scopeAsOf(scope, asOf, inputs.scope.version);
  const inForce = requirementsInForce(catalogue, ruling, asOf, false);
  const attested = inForce.filter(({ id, binding }) => binding === "attested" && !aboutOffers(id));
  const unique = [...new Map([...found].sort(byDigest).map((one) => [one.sha256, one])).values()];
  const looked = unique.map((one) => ({ one, verdict: admitted(one, scope, asOf) }));
  const sound = looked.flatMap(({ verdict }) => (typeof verdict === "string" ? [] : [verdict]));
  const cells = [...new Set(sound.map(({ report }) => report.subject))]
    .map((subject) =>
      cellOf(
        subject,
        sound.filter(({ report }) => report.subject === subject),
        {
          testcases: ruling.mainTestcases,
          attested,
          asOf,
        },
      ),
    )
    .sort(inOrder);
  const used = new Set(cells.flatMap(({ testcases }) => testcases.map(({ report }) => report)));
  const reports = looked.map(({ one, verdict }) =>
    indexed(one, typeof verdict === "string" ? verdict : used.has(one.sha256)),
  );
  const providers = [...new Set(cells.map(({ provider }) => provider))].map((provider) =>
    providerOf(provider, { cells, sound, inForce, inputs, asOf }),
  );
  const { id, uuid, name: title, submittable } = scope;
  const core = {
    schemaVersion: 1 as const,
    kind: "matrix" as const,
    name,
    asOf,
    verdict: worst(providers.map(({ verdict }) => verdict)),
    weakest: weakestOf(cells),
    scope: { id, uuid, name: title, version: ruling.version, status: ruling.status, submittable },
    branches: [...new Set(cells.map(({ branch }) => branch))].sort(compareBranches),
    providers,
    cells,
    reports,
    inputs,
    data,
    standards: { sha256: catalogue.sha256 },
    tool,
  };
  return { ...core, id: uuidFromDigest(digestOf(core as unknown as Json)) };
}

/** A sound report, or why this matrix cannot take it. */
function admitted({ report, sha256, refused }: FoundReport, scope: Scope, asOf: Instant): SoundReport | string {
  if (!report) return refused ?? "is no report";
  if (refused !== undefined) return refused;
  if (report.scope.uuid !== scope.uuid) return `it is judged by another scope, ${report.scope.id}`;
  if (report.recorded === true) return "its facts were replayed from a recording";
  if (report.hypothetical) return `it is hypothetical: judged as of ${report.asOf}, seen ${report.checkedAt}`;
  if (report.checkedAt > asOf) return `it was checked on ${report.checkedAt}, after the day of the matrix`;
  const named = subjectParts(report.subject).branch;
  const shown = report.cluster.version === null ? undefined : parseKubernetesVersion(report.cluster.version);
  const branch = shown ? branchOf(shown) : named;
  if (branch === undefined) return "neither its cluster nor its subject says which branch of Kubernetes it is about";
  if (named !== undefined && named !== branch) return `its subject says ${named}, its cluster runs ${branch}`;
  return { report, sha256, branch };
}

/** `outcome`: why it is refused, or whether a cell rests on it. */
function indexed({ place, sha256, report, signedBy }: FoundReport, outcome: string | boolean): IndexedReport {
  const refused = typeof outcome === "string";
  return {
    place,
    sha256,
    subject: report?.subject ?? null,
    checkedAt: report?.checkedAt ?? null,
    evidence: report?.evidence.sha256 ?? null,
    verdict: report?.verdict ?? null,
    signedBy: signedBy ?? null,
    state: refused ? "refused" : outcome ? "counts" : "superseded",
    because: refused ? outcome : "",
  };
}

function weakestOf(cells: readonly Cell[]): Matrix["weakest"] {
  const key = ({ verdict, validUntil, subject }: Cell) => `${verdicts.indexOf(verdict)} ${validUntil ?? ""} ${subject}`;
  const [weakest] = [...cells].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  if (!weakest) return null;
  const { subject, verdict, validUntil, weakest: why } = weakest;
  return { subject, verdict, validUntil, because: `${why.id}: ${why.because}` };
}

/** Found twice, it is named by the place that comes first. */
const byDigest = (a: FoundReport, b: FoundReport): number =>
  a.sha256 === b.sha256 ? (a.place < b.place ? 1 : -1) : a.sha256 < b.sha256 ? -1 : 1;

function inOrder(a: Cell, b: Cell): number {
  const rows = [a, b].map(({ provider, configuration }) => `${provider}\u0000${configuration}`);
  const [one = "", other = ""] = rows;
  return one === other ? compareBranches(a.branch, b.branch) || (a.subject < b.subject ? -1 : 1) : one < other ? -1 : 1;
}
