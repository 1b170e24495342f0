/** Evidence of a story with something of it changed, sealed anew, and the run that it gives. */
import type { Run } from "../../src/app/diff/differences.ts";
import { judgeEvidence } from "../../src/app/judge-evidence.ts";
import { sealEvidence } from "../../src/evidence/seal.ts";
import { digestOf } from "../../src/model/digest.ts";
import type { Evidence, Gathering, Inputs, StoredFact } from "../../src/model/evidence.ts";
import type { Json } from "../../src/model/json.ts";

export interface Changed {
  readonly items?: Gathering["items"];
  readonly requests?: Gathering["requests"];
  readonly checkedAt?: string;
  readonly inputs?: Partial<Inputs>;
}

export function changedEvidence({ facts: { gathering }, inputs }: Evidence, changed: Changed): Evidence {
  const { items, inputs: given, ...more } = changed;
  return sealEvidence({ ...gathering, ...more, items: { ...gathering.items, ...items } }, { ...inputs, ...given })
    .evidence;
}

/** The run that evidence gives, judged by this version. */
export function runOf(evidence: Evidence, asOf: string = evidence.facts.gathering.checkedAt): Run {
  return { evidence, report: judgeEvidence({ evidence, sha256: digestOf(evidence as unknown as Json) }, asOf) };
}

export function factOf(value: Json, at: string): StoredFact {
  return { status: "collected", at, milliseconds: 1, sha256: digestOf(value), value };
}
