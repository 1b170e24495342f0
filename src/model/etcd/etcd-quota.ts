/** The quota of etcd's database: beyond it etcd takes no more writes (flag quota-backend-bytes). */
import { setting } from "../api-server/api-server-flags.ts";
import type { EtcdMember } from "./etcd-members.ts";

/** What etcd takes when nothing is set: 2 GiB. */
export const defaultQuota = 2 * 1024 ** 3;

/** Bytes; `none`: switched off by a negative number; undefined: not visible. */
export function quotaOf(member: EtcdMember): number | "none" | undefined {
  const found = setting(member, "quota-backend-bytes");
  if (found.state === "absent") return defaultQuota;
  if (found.state === "unknown" || found.value === undefined || !/^-?\d{1,15}$/.test(found.value)) return undefined;
  const bytes = Number(found.value);
  return bytes < 0 ? "none" : bytes === 0 ? defaultQuota : bytes;
}
