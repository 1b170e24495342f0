/** Where a monitor is: https, or plain http on loopback, and nothing secret in it. */
import { isLoopback } from "../http/target.ts";
import { UsageError } from "../model/faults.ts";

export interface MonitorAddress {
  /** Below which /reports lies, with a slash at the end. */
  readonly base: URL;
  /** Scheme, host and port: what may be shown and stored. */
  readonly origin: string;
}

/** UsageError for what is no address of a monitor. What stands in it is not repeated: it may hold a password. */
export function monitorAddress(text: string): MonitorAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw refused("is no address that begins with https://", "Write --monitor https://compliance.example.org.");
  }
  if (url.username !== "" || url.password !== "") {
    throw refused(
      "holds a user or a password, which every process on this machine can read",
      "Give credentials by --token-file or in the environment.",
    );
  }
  if (url.protocol === "http:" && !isLoopback(hostOf(url))) {
    throw refused("is not encrypted: the password would be readable on the way", "Write https://.");
  }
  if (url.search !== "" || url.hash !== "")
    throw refused("holds a query or a fragment", "Leave out what follows ? or #.");
  const base = new URL(url.pathname.replace(/\/?(reports\/?)?$/, "/"), url.origin);
  return { base, origin: url.origin };
}

/** Name or address, an IPv6 one without brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

function refused(message: string, advice: string): UsageError {
  return new UsageError(`--monitor ${message}.`, advice);
}
