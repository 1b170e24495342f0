/** The address of a service that credentials go to: https, or plain http on loopback, and nothing secret in it. */
import { UsageError } from "../model/faults.ts";
import { hostOf, isLoopback } from "./target.ts";

export interface ServiceAddress {
  /** With a slash at the end of its path. */
  readonly base: URL;
  /** Scheme, host and port: what may be shown and stored. */
  readonly origin: string;
}

/** UsageError for what is no such address. What stands in it is not repeated: it may hold a password. */
export function serviceAddress(option: string, example: string, text: string): ServiceAddress {
  const refused = (message: string, advice: string) => new UsageError(`${option} ${message}.`, advice);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw refused("is no address that begins with https://", `Write ${option} ${example}.`);
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
  return { base: new URL(url.pathname.replace(/\/?$/, "/"), url.origin), origin: url.origin };
}
