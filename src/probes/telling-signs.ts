/** What can prove that two views look at one cluster: only what no other cluster can have as well. */
import { isIP } from "node:net";

/** Ids that a cloud gives once: a UUID, or the numbers of clouds that have others. `docker:////cp-1` is none. */
const unique =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\/i-[0-9a-f]{8,17}$|^hcloud:\/\/\d{5,}$|^gce:\/\/[^/]+\/[^/]+\/[^/]+$/i;

export function isUniqueProviderId(id: string): boolean {
  return id.length <= 512 && unique.test(id);
}

/** Names that mean another machine in every network. */
const local = /(^|\.)(localhost|local|internal|intern|lan|home|corp|localdomain|svc|test|example|invalid)$/i;

/** A public address, or a name below a public domain: it leads to one place only. Private addresses are used everywhere. */
export function isUniqueHost(host: string): boolean {
  switch (isIP(host)) {
    case 4:
      return !/^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|22[4-9]|2[3-5]\d)\./.test(
        host,
      );
    case 6:
      // 2000::/3, what is routed in the Internet; documentation and mapped addresses lie outside or are refused
      return /^[23][0-9a-f]{3}:/i.test(host) && !/^2001:0?db8:/i.test(host);
    default:
      return /^([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/i.test(host) && !local.test(host);
  }
}

export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** Whether two endpoints are written the same. Names differ in no letter's case, IPv6 addresses in no zeros. */
export function sameEndpoint(a: HostAndPort, b: HostAndPort): boolean {
  return a.port === b.port && plain(a.host) === plain(b.host);
}

function plain(host: string): string {
  const bare = host
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
  if (isIP(bare) !== 6) return bare;
  const url = `http://[${bare}]/`;
  return URL.canParse(url) ? new URL(url).hostname : bare;
}
