/** Evidence in, report out: the engine with everything it needs around it. */
import { checks } from "../../checks/index.ts";
import { parseScope } from "../catalogue/scope.ts";
import { loadCatalogue } from "../catalogue/standards.ts";
import { evaluate } from "../engine/evaluate.ts";
import type { SealedEvidence } from "../evidence/seal.ts";
import type { Report } from "../model/report.ts";
import type { Instant } from "../model/vocabulary.ts";
import { declarationsOf } from "./declarations.ts";
import { tool } from "./tool.ts";

/** Judges with the scope that the evidence itself carries. `asOf` defaults to the end of gathering. */
export function judgeEvidence(
  sealed: Pick<SealedEvidence, "evidence" | "sha256">,
  asOf?: Instant,
  judgedBy: Report["tool"] = tool,
): Report {
  const { evidence } = sealed;
  const { id, text } = evidence.inputs.scope;
  return evaluate({
    evidence,
    evidenceSha256: sealed.sha256,
    scope: parseScope({ id, text, file: id }),
    catalogue: loadCatalogue(),
    checks,
    declarations: declarationsOf(evidence.inputs),
    asOf: asOf ?? evidence.facts.gathering.checkedAt,
    tool: judgedBy,
  });
}
