/** What a report leaves to people: attestations, declarations about to end, waivers. */
import { uncountedLines, waiverLines } from "../../../reporters/claims.ts";
import { daysBetween } from "../../model/instant.ts";
import type { Report } from "../../model/report.ts";

const soon = 30;

export function dueOf(report: Report): readonly string[] {
  const { due, hidden, disproved } = report.attestations;
  const ends = (until: string) => {
    const days = daysBetween(report.checkedAt, until);
    return days < soon ? `, which ends within ${soon} days (${until.slice(0, 10)})` : "";
  };
  return [
    ...due.map((id) => `${id}: the provider has to declare it`),
    ...hidden.map((id) => `${id}: not visible from here; the provider has to declare it`),
    ...disproved.map((id) => `${id}: disproved by what was measured`),
    ...report.results.flatMap(({ requirement, declaration }) => {
      if (!declaration) return [];
      const reviewed = declaration.reviewed ? "" : ", not reviewed yet";
      const end = ends(declaration.validUntil);
      return reviewed === "" && end === "" ? [] : [`${requirement}: declared${reviewed}${end}`];
    }),
    ...uncountedLines(report).map(
      ({ name, state, text }) => `${name}: a declaration does not count (${state}): ${text}`,
    ),
    ...report.results.flatMap(({ requirement, waiver }) =>
      waiver ? [`${requirement}: waived by ${waiver.id}, approved by ${waiver.approver}${ends(waiver.expires)}`] : [],
    ),
    ...waiverLines(report)
      .filter(({ tone }) => tone !== "quiet")
      .map(({ name, state, text }) => `waiver ${name} (${state}): ${text}`),
  ];
}
