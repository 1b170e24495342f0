/** etcd's own compaction of its history: the flags auto-compaction-mode and auto-compaction-retention of one member. */
import { setting } from "../api-server/api-server-flags.ts";
import type { Finding } from "../finding.ts";
import type { EtcdMember } from "./etcd-members.ts";

/** `open`: a value is not kept, or stands in a file that is not visible. */
export interface JudgedMember {
  readonly verdict: "right" | "wrong" | "open";
  readonly findings: readonly Finding[];
}

/** Whether one member compacts as asked for, with a finding for each way in which it does not. */
export function judgeCompaction(member: EtcdMember, mode: string, retention: string): JudgedMember {
  const foundMode = setting(member, "auto-compaction-mode");
  const foundRetention = setting(member, "auto-compaction-retention");
  const finding = (code: string, expected: string, actual: string): Finding => {
    const message = `etcd ${member.subject.name} has ${actual}; asked for is ${expected}`;
    return { code, subject: member.subject, expected, actual, message };
  };
  const wrong: Finding[] = [];
  const [wantedMode, wantedRetention] = [`auto-compaction-mode=${mode}`, `auto-compaction-retention=${retention}`];
  if (foundMode.state === "set" && foundMode.value !== undefined && foundMode.value !== mode)
    wrong.push(finding("other-compaction-mode", wantedMode, `auto-compaction-mode=${foundMode.value}`));
  if (foundMode.state === "absent" && mode !== "periodic")
    wrong.push(finding("other-compaction-mode", wantedMode, "mode periodic by default"));
  if (foundRetention.state === "absent")
    wrong.push(finding("no-compaction-retention", wantedRetention, "no auto-compaction-retention"));
  if (
    foundRetention.state === "set" &&
    foundRetention.value !== undefined &&
    !sameRetention(foundRetention.value, retention, mode)
  )
    wrong.push(
      finding("other-compaction-retention", wantedRetention, `auto-compaction-retention=${foundRetention.value}`),
    );
  if (wrong.length > 0) return { verdict: "wrong", findings: wrong };
  const kept = foundRetention.state === "set" && foundRetention.value !== undefined;
  const modeOpen = foundMode.state === "unknown" || (foundMode.state === "set" && foundMode.value === undefined);
  if (!kept || modeOpen) return { verdict: "open", findings: [] };
  const byDefault =
    foundMode.state === "absent" ? [finding("mode-by-default", wantedMode, "mode periodic by default")] : [];
  return { verdict: "right", findings: byDefault };
}

function sameRetention(found: string, wanted: string, mode: string): boolean {
  if (mode !== "periodic") return found === wanted;
  return retentionMilliseconds(found) === retentionMilliseconds(wanted);
}

const units: { readonly [unit: string]: number } = { ns: 1e-6, us: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * Milliseconds of a periodic retention as etcd reads it: a Go duration (`8h`, `480m`, `8h0m0s`), a bare number counts hours.
 * Undefined for anything else.
 */
function retentionMilliseconds(text: string): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 3_600_000;
  if (!/^(\d{1,9}(\.\d{1,9})?(ns|us|ms|s|m|h))+$/.test(text)) return undefined;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)/g);
  return [...parts].reduce((sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ""] ?? Number.NaN), 0);
}
