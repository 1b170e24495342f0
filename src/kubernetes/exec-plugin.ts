/** Credential plugins: client.authentication.k8s.io v1 and v1beta1 (KEP-541), run without a terminal. */
import { type ChildProcess, spawn } from "node:child_process";
import { resolve, sep } from "node:path";
import { createSecureContext } from "node:tls";
import { isToken } from "../http/token.ts";
import { type Reading, read, unread } from "../model/fact.ts";
import { UsageError } from "../model/faults.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { Authenticator, AuthOptions, Credentials } from "./auth.ts";
import type { Endpoint } from "./endpoint.ts";
import { execInfo } from "./exec-info.ts";
import { textOf } from "./kubeconfig.ts";

const versions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];
const largest = 1024 * 1024;

interface Plugin {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly apiVersion: string;
  readonly timeoutMilliseconds: number;
}

interface Held {
  readonly credentials: Credentials;
  /** Milliseconds since the epoch; infinite if the plugin names no end. */
  readonly until: number;
}

const failed = (message: string) => unread("unauthorized", `the kubeconfig's credential plugin ${message}`);

/** What the plugin printed on stdout. Its stderr goes nowhere: it may hold secrets. */
function run(plugin: Plugin, signal: AbortSignal): Promise<Reading<string>> {
  return new Promise((settle) => {
    let child: ChildProcess;
    let size = 0;
    const parts: Buffer[] = [];
    const done = (reading: Reading<string>) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", ended);
      child.kill("SIGKILL");
      settle(reading);
    };
    const ended = () => done(failed("was stopped, because the run was"));
    const late = () =>
      done(failed("gave no answer in time; log in with it by hand first, it was run without a terminal"));
    const timer = setTimeout(late, plugin.timeoutMilliseconds);
    try {
      child = spawn(plugin.command, plugin.arguments, { env: plugin.environment, stdio: ["ignore", "pipe", "ignore"] });
    } catch {
      clearTimeout(timer);
      settle(failed("cannot be started: its command, arguments or environment are not possible"));
      return;
    }
    signal.addEventListener("abort", ended);
    child.stdout?.on("data", (part: Buffer) => {
      size += part.length;
      if (size > largest) done(failed("printed more than 1 MiB"));
      else parts.push(part);
    });
    child.on("error", () => done(failed("cannot be started: is its command installed and on the PATH?")));
    child.on("close", (code) =>
      done(code === 0 ? read(Buffer.concat(parts).toString()) : failed(`ended with exit code ${code ?? "unknown"}`)),
    );
  });
}

function fits(pair: { readonly certificate: string; readonly key: string }): boolean {
  try {
    createSecureContext({ cert: pair.certificate, key: pair.key });
    return true;
  } catch {
    return false;
  }
}

function parse(text: string, apiVersion: string): Reading<Held> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return failed("did not print JSON");
  }
  if (!isJsonObject(value) || value.kind !== "ExecCredential" || value.apiVersion !== apiVersion) {
    return failed(`did not print an ExecCredential of ${apiVersion}`);
  }
  const status = isJsonObject(value.status) ? value.status : {};
  const token = textOf(status, "token");
  const certificate = textOf(status, "clientCertificateData");
  const key = textOf(status, "clientKeyData");
  const pair = certificate !== undefined && key !== undefined ? { certificate, key } : undefined;
  if (token === undefined && pair === undefined) return failed("gave neither a token nor a certificate with its key");
  if (token !== undefined && !isToken(token)) return failed("gave a token with characters no token has");
  if (pair !== undefined && !fits(pair)) return failed("gave a certificate and a key that do not fit together");
  const expiry = Date.parse(textOf(status, "expirationTimestamp") ?? "");
  return read({
    credentials: { ...(token === undefined ? {} : { token }), ...pair },
    until: Number.isNaN(expiry) ? Number.POSITIVE_INFINITY : expiry,
  });
}

function pluginOf(exec: JsonObject, folder: string, endpoint: Endpoint, options: AuthOptions): Plugin {
  const command = textOf(exec, "command");
  const apiVersion = textOf(exec, "apiVersion") ?? "";
  if (command === undefined) throw new UsageError("the kubeconfig's user: `exec` names no command");
  if (!versions.includes(apiVersion)) {
    throw new UsageError(`the kubeconfig's user: \`exec\` has an apiVersion other than ${versions.join(" or ")}`);
  }
  if (exec.interactiveMode === "Always") {
    throw new UsageError(
      "the kubeconfig's credential plugin always needs a terminal, which it does not get here",
      "make a kubeconfig with a token: kubectl create token",
    );
  }
  const variables = Array.isArray(exec.env) ? exec.env.filter(isJsonObject) : [];
  return {
    command: command.includes(sep) ? resolve(folder, command) : command,
    arguments: Array.isArray(exec.args) ? exec.args.map(String) : [],
    environment: {
      ...options.environment,
      ...Object.fromEntries(variables.map((one) => [textOf(one, "name") ?? "", textOf(one, "value") ?? ""])),
      KUBERNETES_EXEC_INFO: execInfo(apiVersion, exec.provideClusterInfo === true ? endpoint : undefined),
    },
    apiVersion,
    timeoutMilliseconds: options.execTimeoutMilliseconds,
  };
}

/** Runs the plugin when first needed, and again when its credentials end or the server refuses them. */
export function execAuthenticator(
  exec: JsonObject,
  folder: string,
  endpoint: Endpoint,
  options: AuthOptions,
): Authenticator {
  if (options.execPlugins === "refuse") {
    throw new UsageError(
      "this kubeconfig runs a credential plugin, which is only done for a kubeconfig that you name yourself",
      "name it with --kubeconfig",
    );
  }
  const plugin = pluginOf(exec, folder, endpoint, options);
  let held: Held | undefined;
  let running: Promise<Reading<Held>> | undefined;
  const start = async (signal: AbortSignal) => {
    const text = await run(plugin, signal);
    return text.ok ? parse(text.value, plugin.apiVersion) : text;
  };
  return {
    current: async (signal) => {
      if (held !== undefined && held.until > Date.now()) return read(held.credentials);
      running ??= start(signal).finally(() => {
        running = undefined;
      });
      const reading = await running;
      if (!reading.ok) return reading;
      held = reading.value;
      return read(held.credentials);
    },
    renew: () => {
      held = undefined;
      return true;
    },
  };
}
