/** data show: the facts that the version policy is judged by. */

import { dateOf, instantAt } from "../model/instant.ts";
import { dataHoldsUntil } from "../model/versions/kubernetes-releases.ts";
import { releaseData } from "./release-data.ts";

export interface ShowDataOptions {
  readonly file: string | undefined;
  readonly json: boolean;
  readonly now: () => Date;
}

export async function showData({ file, json, now }: ShowDataOptions): Promise<string> {
  const { date, sha256, value: data, signedBy } = await releaseData(file);
  if (json) return JSON.stringify(data, null, 1);
  const until = dateOf(dataHoldsUntil(data));
  const stale = dateOf(instantAt(now().getTime())) > until;
  const minors = [...data.minors].reverse().map(({ minor, endOfLifePlanned, endOfLifeRecorded }) => {
    const own = data.releases.filter((release) => release.version.startsWith(`${minor}.`));
    const newest = own.at(-1);
    const end = endOfLifeRecorded ?? endOfLifePlanned ?? "unknown";
    const released = newest ? `${newest.version} of ${newest.released.slice(0, 10)} (${newest.basis})` : "none known";
    return `  ${minor}  ${own.length} patches, newest ${released}; end of life ${end}`;
  });
  const grave = data.cves.filter((cve) => (cve.score ?? 0) >= 8).map((cve) => `${cve.id} (${cve.score})`);
  return [
    `Kubernetes releases, end of life and CVEs as of ${date}, sha256 ${sha256}.`,
    ...(signedBy === undefined ? [] : [`Signed by ${signedBy}, and as they were signed.`]),
    `A pass of the version policy rests on them until ${until}${stale ? ": THEY ARE STALE, a pass is undetermined now" : ""}.`,
    "",
    ...minors,
    "",
    `${data.cves.length} CVEs of the Kubernetes core; of CVSS 8 and more: ${grave.join(", ")}.`,
    "Sources: standards/README.md. The whole file: --json.",
  ].join("\n");
}
