/** What a schema cannot say about a standard: digests, days, levels, references within the file. */
import { sha256 } from "../model/digest.ts";
import type { InputFault } from "../model/faults.ts";
import { parseInstant } from "../model/instant.ts";
import type { Requirement, Standard, Statement } from "../model/standard.ts";
import type { CalendarDate, Level } from "../model/vocabulary.ts";
import type { Located, Path } from "./located.ts";

/** RFC 2119 key words as the texts write them, verb forms among them, and the level each stands for. */
const levelOfKeyword: { readonly [keyword: string]: Level } = {
  MUST: "must",
  SHALL: "must",
  REQUIRED: "must",
  REQUIRES: "must",
  SHOULD: "should",
  RECOMMENDED: "should",
  RECOMMEND: "should",
  MAY: "may",
  OPTIONAL: "may",
  OPTIONALLY: "may",
};

export function standardFaults(standard: Standard, located: Located): InputFault[] {
  const revisions = standard.source.revisions.map((revision) => revision.date);
  return [
    ...datesInOrder(["source", "revisions"], "date", revisions, located),
    ...datesInOrder(
      ["status"],
      "from",
      standard.status.map((entry) => entry.from),
      located,
    ),
    ...standard.requirements.flatMap((requirement, index) => {
      const path: Path = ["requirements", index];
      const twice = standard.requirements.findIndex((other) => other.id === requirement.id) < index;
      return [
        ...(twice ? [located.at([...path, "id"], `the requirement ${requirement.id} stands here twice`)] : []),
        ...answerable(requirement, path, located),
        ...requirement.statements.flatMap((statement, at) =>
          statementFaults(statement, requirement.statements[at - 1], [...path, "statements", at], revisions, located),
        ),
      ];
    }),
    ...(["notNormative", "notTestable"] as const).flatMap((list) =>
      (standard[list] ?? []).flatMap((entry, index) => [
        ...digest(entry, [list, index], located),
        ...(entry.keyword === undefined ? [] : keywordInText(entry.keyword, entry.text, [list, index], located)),
      ]),
    ),
    ...saysNothing(standard, located),
  ];
}

function saysNothing({ requirements, notNormative = [], notTestable = [] }: Standard, located: Located): InputFault[] {
  if (requirements.length + notNormative.length + notTestable.length > 0) return [];
  return [located.at(["requirements"], "there is neither a requirement nor a sentence that is listed with a reason")];
}

function keywordInText(keyword: string, text: string, path: Path, located: Located): InputFault[] {
  return text.includes(keyword) ? [] : [located.at([...path, "keyword"], `"${keyword}" is not in the sentence`)];
}

function answerable(requirement: Requirement, path: Path, located: Located): InputFault[] {
  if (requirement.check !== undefined || requirement.question !== undefined) return [];
  return [located.at(path, `${requirement.id} has neither a check nor a question, so nothing can ever decide it`)];
}

function statementFaults(
  statement: Statement,
  before: Statement | undefined,
  path: Path,
  revisions: readonly CalendarDate[],
  located: Located,
): InputFault[] {
  const { from, until, keyword, level } = statement;
  const unknown = (["from", "until"] as const).flatMap((key) => {
    const date = statement[key];
    if (date === undefined || revisions.includes(date)) return [];
    return [located.at([...path, key], `${date} is no date of a text revision; they are: ${revisions.join(", ")}`)];
  });
  const backwards = until !== undefined && until <= from ? ["until"] : [];
  const overlap = before && (before.until === undefined || before.until > from) ? ["from"] : [];
  const meant = levelOfKeyword[keyword.toUpperCase().replace(/ NOT$/, "")];
  return [
    ...unknown,
    ...backwards.map((key) => located.at([...path, key], `"until" ${until} is not after "from" ${from}`)),
    ...overlap.map((key) => located.at([...path, key], "begins before the statement above it ends")),
    ...(meant === level ? [] : [located.at([...path, "level"], wrongLevel(keyword, level, meant))]),
    ...keywordInText(keyword, statement.text, path, located),
    ...digest(statement, path, located),
  ];
}

function wrongLevel(keyword: string, level: Level, meant: Level | undefined): string {
  if (meant === undefined) return `the key word "${keyword}" has no level`;
  return `the key word ${keyword} means "${meant}", not "${level}"`;
}

function digest(entry: { readonly text: string; readonly sha256: string }, path: Path, located: Located): InputFault[] {
  const actual = sha256(entry.text);
  if (actual === entry.sha256) return [];
  return [located.at([...path, "sha256"], `the digest is not that of the text, which has ${actual}`)];
}

function datesInOrder(path: Path, key: string, dates: readonly CalendarDate[], located: Located): InputFault[] {
  return dates.flatMap((date, index) => {
    const place = [...path, index, key];
    if (parseInstant(date) === undefined) return [located.at(place, `${date} is not a day of the calendar`)];
    const before = dates[index - 1];
    return before !== undefined && before >= date ? [located.at(place, `${date} is not after ${before}`)] : [];
  });
}
