/** JSON values of findings and observations as a reader sees them. */
import { canonicalJson } from "../../src/model/canonical-json.ts";
import type { Subject } from "../../src/model/finding.ts";
import type { Json } from "../../src/model/json.ts";

/** Text as it is, a list of plain values with commas, everything else as JSON. */
export function valueText(value: Json): string {
  if (typeof value === "string") return value === "" ? "(empty)" : value;
  if (value === null) return "(none)";
  if (Array.isArray(value)) return value.length === 0 ? "(none)" : value.map(itemText).join(", ");
  return canonicalJson(value);
}

function itemText(value: Json): string {
  return typeof value === "string" ? value : canonicalJson(value);
}

/** `Pod kube-system/kube-apiserver-cp-0`; `the cluster` for the whole. */
export function subjectText(subject: Subject): string {
  if (subject.kind === "Cluster" && subject.name === "") return "the cluster";
  const name = subject.namespace === undefined ? subject.name : `${subject.namespace}/${subject.name}`;
  return `${subject.kind} ${name}`;
}

/** Names shown of a group; the rest is counted. */
const named = 6;

/** Several subjects of one kind: `Node a, b, c and 4 more`. */
export function subjectsText(subjects: readonly Subject[]): string {
  const [first, ...others] = subjects;
  if (first === undefined) return "";
  const texts = others.slice(0, named - 1).map((one) => subjectText(one).slice(one.kind.length + 1));
  const rest = subjects.length - named;
  return [subjectText(first), ...texts].join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
