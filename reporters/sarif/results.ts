/** Results of SARIF (section 3.27): what was found of each object, and what has no answer. */
import { canonicalJson } from "../../src/model/canonical-json.ts";
import { sha256 } from "../../src/model/digest.ts";
import type { Finding, Subject } from "../../src/model/finding.ts";
import { theCluster } from "../../src/model/finding.ts";
import type { Report, Result } from "../../src/model/report.ts";
import { waiverText } from "../claims.ts";
import { isOpen } from "../summary.ts";
import { subjectText, valueText } from "../text/value.ts";
import { capitalised, ended, markOf } from "../words.ts";
import { levelOf } from "./level.ts";
import { message } from "./message.ts";

export interface Placing {
  readonly report: Report;
  /** Of the requirement among the rules. */
  readonly index: number;
  /** Path in the repository that alerts are shown at. */
  readonly place: string;
}

/** Objects of one requirement that get a result of their own: code scanning takes 25,000 results of all. */
const most = 250;

export function resultsOf(result: Result, placing: Placing) {
  if (isOpen(result)) return [openResult(result, placing)];
  if (result.outcome !== "fail") return [];
  const objects = byObject(result.findings);
  const shown = objects.slice(0, most).map(([object, findings]) => failure(result, object, sayings(findings), placing));
  const rest = objects.length - most;
  const more = `the same requirement is not met by ${rest} more, all named in report.json`;
  if (objects.length === 0) return [failure(result, theCluster, ended(capitalised(result.because)), placing)];
  return rest > 0 ? [...shown, failure(result, theCluster, ended(capitalised(more)), placing)] : shown;
}

function failure(result: Result, object: Subject, said: string, placing: Placing) {
  const waived = result.waiver === undefined ? "" : ` Waived: ${ended(waiverText(result.waiver))}`;
  const text = `${capitalised(subjectText(object))}: ${said}${waived}`;
  return { ...common(result, object, placing), kind: "fail", level: levelOf(result), message: message(text) };
}

/**
 * `open`: looked, without enough to decide; `review`: a person has to answer. SARIF gives both the level `none` (3.27.10), so
 * the binding ones are warnings of the run as well.
 */
function openResult(result: Result, placing: Placing) {
  const needs = result.missing.map((one) => `${one.fact} (${one.reason}) needs ${one.resolve}`);
  const text = `${capitalised(markOf(result).word)}: ${[result.because, ...needs].join("; ")}`;
  const kind = result.outcome === "not-run" && result.attestation !== undefined ? "review" : "open";
  return { ...common(result, theCluster, placing), kind, level: "none", message: message(ended(text)) };
}

function common(result: Result, object: Subject, { report, index, place }: Placing) {
  const { kind, namespace, name } = object;
  const print = sha256(canonicalJson([report.subject, result.requirement, kind, namespace ?? null, name]));
  const uri = place.split("/").map(encodeURIComponent).join("/");
  return {
    ruleId: result.requirement,
    ruleIndex: index,
    locations: [
      {
        physicalLocation: { artifactLocation: { uri, uriBaseId: "%SRCROOT%" }, region: { startLine: 1 } },
        logicalLocations: [{ name: name || report.subject, fullyQualifiedName: subjectText(object), kind: "resource" }],
      },
    ],
    // code scanning looks at this key alone, and would fill it from the line: then all alerts of a rule were one
    partialFingerprints: { primaryLocationLineHash: `${print.slice(0, 16)}:1`, "subjectRequirementObject/v1": print },
    properties: { outcome: result.outcome, basis: result.basis, binding: result.binding },
  };
}

function byObject(findings: readonly Finding[]): readonly (readonly [Subject, readonly Finding[]])[] {
  const objects = new Map<string, [Subject, Finding[]]>();
  for (const finding of findings) {
    const { kind, namespace, name } = finding.subject;
    const key = canonicalJson([kind, namespace ?? null, name]);
    const known = objects.get(key);
    if (known) known[1].push(finding);
    else objects.set(key, [finding.subject, [finding]]);
  }
  return [...objects.values()];
}

function sayings(findings: readonly Finding[]): string {
  return findings
    .map(
      ({ message: said, expected, actual }) => `${said}; expected ${valueText(expected)}, actual ${valueText(actual)}`,
    )
    .map(ended)
    .join(" ");
}
