/** Evidence as it would be on a later day, by what is taken for granted until then. */
import type { Evidence } from "../../model/evidence.ts";
import { dateOf } from "../../model/instant.ts";
import type { Json } from "../../model/json.ts";
import type { Assumption } from "../../model/outlook.ts";
import type { Instant } from "../../model/vocabulary.ts";

export function assumed(evidence: Evidence, assuming: Assumption, asOf: Instant): Evidence {
  if (assuming === "as-it-is") return evidence;
  const { gathering, sha256 } = evidence.facts;
  const looked = { ...evidence, facts: { sha256, gathering: { ...gathering, checkedAt: asOf } } };
  return assuming === "looked-again" ? looked : { ...looked, inputs: withDataOf(looked.inputs, asOf) };
}

/** The same releases, ends of life and CVEs, known as of that day. */
function withDataOf(inputs: Evidence["inputs"], asOf: Instant): Evidence["inputs"] {
  const { kubernetesReleases } = inputs;
  const date = dateOf(asOf);
  if (date <= kubernetesReleases.date) return inputs;
  // the fact's own schema has been checked
  const value = kubernetesReleases.value as { readonly [key: string]: Json };
  const dated = { ...value, date, ...(value.cvesDate === undefined ? {} : { cvesDate: date }) };
  return { ...inputs, kubernetesReleases: { ...kubernetesReleases, date, value: dated } };
}
