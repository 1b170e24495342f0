/** A request's path as the log may keep it. */
import type { CloudService } from "../model/cloud.ts";

const identifier = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;
const shownValues: ReadonlySet<string> = new Set(["limit"]);

/** `/compute/servers/{id}`, `/network/v2.0/floatingips?floating_ip_address=...`: no ids, no addresses, no markers. */
export function shownPath(service: CloudService, path: string): string {
  const [before = "", query] = path.split("?", 2);
  const plain = `/${service}${before.replace(identifier, "{id}")}`;
  if (query === undefined) return plain;
  const pairs = query.split("&").map((pair) => {
    const [key = "", value] = pair.split("=", 2);
    return value === undefined || shownValues.has(key) ? pair : `${key}=...`;
  });
  return `${plain}?${pairs.join("&")}`;
}
