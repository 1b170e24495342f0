/** Which failures a waiver covers, and which waivers are no good. Outcomes and verdicts stay as they are. */
import type { Catalogue } from "../model/catalogue.ts";
import { glob } from "../model/glob.ts";
import type { Report, Result } from "../model/report.ts";
import type { Instant } from "../model/vocabulary.ts";
import type { Waiver, WaiverUse } from "../model/waiver.ts";

export interface WaiverContext {
  readonly subject: string;
  readonly asOf: Instant;
  readonly catalogue: Catalogue;
}

export interface Waived {
  /** The same results; failures under a valid waiver name it. The first that covers one is named. */
  readonly results: readonly Result[];
  readonly uses: readonly WaiverUse[];
}

export function applyWaivers(results: readonly Result[], waivers: readonly Waiver[], context: WaiverContext): Waived {
  const judged = waivers.map((waiver) => ({ waiver, objection: objectionTo(waiver, context) }));
  const valid = judged.flatMap(({ waiver, objection }) => (objection ? [] : [waiver]));
  const covered = (waiver: Waiver) => results.filter((result) => result.outcome === "fail" && names(waiver, result));
  return {
    results: results.map((result) => {
      const waiver = result.outcome === "fail" ? valid.find((candidate) => names(candidate, result)) : undefined;
      if (!waiver) return result;
      const { id, reason, approver, expires } = waiver;
      return { ...result, waiver: { id, reason, approver, expires } };
    }),
    uses: judged.map(({ waiver, objection }) => ({
      id: waiver.id,
      ...(objection ?? used(waiver, covered(waiver), results)),
    })),
  };
}

type Use = Omit<WaiverUse, "id">;

function objectionTo(waiver: Waiver, { subject, asOf, catalogue }: WaiverContext): Use | undefined {
  const broad = tooBroad(waiver, catalogue);
  if (broad !== undefined) return { state: "too-broad", message: broad };
  if (!glob(waiver.subject, subject)) {
    return { state: "other-subject", message: `it is for ${waiver.subject}, the report is about ${subject}` };
  }
  if (asOf < waiver.expires) return undefined;
  return { state: "expired", message: `it ended on ${waiver.expires}; what it covered counts again` };
}

/** A waiver for everybody, or one that reaches beyond a single standard, is no decision about a known failure. */
function tooBroad({ subject, requirement, check }: Waiver, { standards }: Catalogue): string | undefined {
  if (/^\*+$/.test(subject)) return "it is for every subject; name the one that fails";
  const pattern = requirement ?? check;
  if (pattern === undefined || !pattern.includes("*")) return undefined;
  const reached = standards.filter((standard) =>
    standard.requirements.some((one) =>
      glob(pattern, requirement === undefined ? (one.check ?? "") : `${standard.id}/${one.id}`),
    ),
  );
  if (reached.length < 2) return undefined;
  return `${pattern} reaches into ${reached.length} standards; name what fails in one of them`;
}

/** Exactly one of the two is given; one that names neither covers nothing. */
function names({ requirement, check }: Waiver, result: Result): boolean {
  if (requirement !== undefined) return glob(requirement, result.requirement);
  return check !== undefined && result.check !== undefined && glob(check, result.check);
}

function used(waiver: Waiver, covered: readonly Result[], results: readonly Result[]): Use {
  if (covered.length > 0) {
    return { state: "used", message: `it covers ${covered.map((result) => result.requirement).join(", ")}` };
  }
  const judged = results.filter((result) => names(waiver, result));
  const message =
    judged.length > 0
      ? `nothing that it names failed: ${judged.map((result) => `${result.requirement} ${result.outcome}`).join(", ")}`
      : "nothing that it names was judged";
  return { state: "unused", message };
}

/** Whether the exit code may forgive it. */
export function isWaived(result: Report["results"][number]): boolean {
  return result.outcome === "fail" && result.waiver !== undefined;
}
