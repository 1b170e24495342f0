/** Where a monitor is. */
import { type ServiceAddress, serviceAddress } from "../http/address.ts";

/** Below which /reports lies. UsageError for what is no address of a monitor. */
export function monitorAddress(text: string): ServiceAddress {
  const { base, origin } = serviceAddress("--monitor", "https://compliance.example.org", text);
  return { base: new URL(base.pathname.replace(/\/(reports\/)?$/, "/"), origin), origin };
}
