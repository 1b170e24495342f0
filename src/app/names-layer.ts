/** What verify says of names that stand as commitments, and of openings that somebody was given. */
import { shapeFaults } from "../evidence/open.ts";
import { misfit, type OpeningsFile, OpeningsFile as Shape } from "../model/commitment.ts";
import { UsageError } from "../model/faults.ts";
import { readText } from "./read-file.ts";
import type { EvidenceBeside } from "./stored-run.ts";
import type { Layer } from "./verify-layers.ts";

const maxOpeningsBytes = 256 * 1024 * 1024;

/** UsageError for what is no file of openings. */
export async function readOpenings(file: string): Promise<OpeningsFile> {
  const text = await readText(file, maxOpeningsBytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError([{ file, message: "is not JSON" }], "Name the file that --openings kept, or a part of it.");
  }
  const [fault] = shapeFaults(Shape, value);
  if (fault === undefined) return value as OpeningsFile;
  throw new UsageError([{ file, message: fault }], "Name the file that --openings kept, or a part of it.");
}

/** Nothing where nobody redacted and nobody opens. */
export function names(evidence: EvidenceBeside | undefined, given: OpeningsFile | undefined): readonly Layer[] {
  const name = "names";
  const commitments = evidence?.opened?.evidence.facts.gathering.redaction?.names;
  if (!commitments)
    return given ? [{ name, state: "bad", detail: "the evidence has no commitments that could be opened" }] : [];
  const count = Object.keys(commitments).length;
  if (!given)
    return [
      { name, state: "none", detail: `${count} names stand as commitments; --openings FILE shows which it opens` },
    ];
  const wrong = given.openings.flatMap((opening) => {
    const fault = misfit(opening, commitments);
    return fault === undefined ? [] : [`${opening.token}: ${fault}`];
  });
  if (wrong.length > 0) {
    return [
      { name, state: "bad", detail: `${wrong.length} of ${given.openings.length} openings do not fit`, lines: wrong },
    ];
  }
  const lines = given.openings.map((opening) => `${opening.token} is ${JSON.stringify(opening.name)}`);
  return [{ name, state: "ok", detail: `${lines.length} of ${count} names opened, each fits its commitment`, lines }];
}
