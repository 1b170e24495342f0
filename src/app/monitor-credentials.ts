/** Credentials for the monitor: from a file or the environment. Never an argument, which every process can read. */
import { UsageError } from "../model/faults.ts";
import { type Credentials, fromPair, fromToken } from "../monitor/credentials.ts";
import { readText } from "./read-file.ts";

const maxTokenBytes = 64 * 1024;

/** Undefined when none were given. UsageError, which never repeats what was given, for what is no credentials. */
export async function monitorCredentials(
  tokenFile: string | undefined,
  environment: { readonly [name: string]: string | undefined },
): Promise<Credentials | undefined> {
  const { SCS_CONFORMANCE_MONITOR_TOKEN: token, SCS_CONFORMANCE_MONITOR_USER: user } = environment;
  const key = environment.SCS_CONFORMANCE_MONITOR_KEY;
  if (tokenFile !== undefined) {
    return fromToken(await readText(tokenFile, maxTokenBytes)) ?? refuse(`${tokenFile} holds`);
  }
  if (token) return fromToken(token) ?? refuse("SCS_CONFORMANCE_MONITOR_TOKEN holds");
  if (!user && !key) return undefined;
  return fromPair(`${user ?? ""}:${key ?? ""}`) ?? refuse("SCS_CONFORMANCE_MONITOR_USER and ..._KEY hold");
}

function refuse(where: string): never {
  throw new UsageError(
    `${where} no credentials of the monitor.`,
    "A token is base64 of subject:key, as the monitor's operators give out; a user or key alone is none.",
  );
}
