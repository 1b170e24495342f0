/** verify's layer for results that name no cluster: whether who states whose they are has signed the report. */
import type { ConformanceResultsFact } from "../model/facts/inputs.ts";
import type { SignatureCheck } from "../model/signer.ts";
import type { EvidenceBeside } from "./stored-run.ts";
import type { Layer } from "./verify-layers.ts";

const name = "statement";

/** No layer when no result rests on such a statement. */
export function statements(evidence: EvidenceBeside | undefined, check: SignatureCheck | undefined): readonly Layer[] {
  const inputs = evidence?.opened?.evidence.inputs;
  const stated = [inputs?.conformanceResults, inputs?.networkPolicyResults].flatMap((given) => {
    const { statement } = (given?.value ?? {}) as Partial<ConformanceResultsFact>;
    return statement ? [statement] : [];
  });
  const [first] = stated;
  if (!first) return [];
  const fingerprint = check === undefined || check.state === "bad" ? undefined : check.fingerprint;
  if (fingerprint === undefined) {
    const detail = `nobody's signature stands behind the statement that the results are of ${JSON.stringify(first.subject)}`;
    return [{ name, state: "unchecked", detail }];
  }
  const other = stated.find(({ signedBy }) => signedBy !== fingerprint);
  if (other) {
    const detail = `whose the results are is stated under ${JSON.stringify(other.signedBy.slice(0, 100))}, who did not sign the report`;
    return [{ name, state: "untrusted", detail }];
  }
  return [{ name, state: "ok", detail: "who signed the report states whose the results are, which name no cluster" }];
}
