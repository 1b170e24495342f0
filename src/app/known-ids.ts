/** Ids that a caller's files may speak of. */
import { loadCatalogue } from "../catalogue/standards.ts";

/** Every requirement of every standard, proposals included: `scs-0214-v2/control-plane-hosts`. */
export function requirementIds(): readonly string[] {
  return loadCatalogue().standards.flatMap(({ id, requirements }) => requirements.map((one) => `${id}/${one.id}`));
}

/** Every check that a requirement names: `scs-0214/control-plane-spread`. */
export function checkIds(): readonly string[] {
  const named = loadCatalogue().standards.flatMap(({ requirements }) => requirements.map((one) => one.check));
  return [...new Set(named.filter((check) => check !== undefined))];
}
