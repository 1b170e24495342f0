/** Commands in containers: `pods/exec` by websocket (KEP-4006; k8s.io/apimachinery/pkg/util/remotecommand). */
import { cleanMessage } from "../../http/clean-message.ts";
import type { CommandResult, WaitOptions } from "../../model/acting.ts";
import { type Reading, read, unread } from "../../model/fact.ts";
import { isJsonObject } from "../../model/json.ts";
import type { StreamOpener } from "./opener.ts";

/** Both number their channels alike; v5 lets a client close stdin, which we never open. */
const protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"];
const channels = { stdout: 1, stderr: 2, status: 3 } as const;

/** Kept of each stream; what comes after it is read and forgotten. */
const mostKept = 65_536;
/** Read in all before the command is given up: it would never end. */
const mostRead = 16 * 1024 * 1024;

export interface ExecTarget {
  readonly namespace: string;
  readonly name: string;
  /** The pod's only container when it is absent. */
  readonly container?: string;
}

function pathOf({ namespace, name, container }: ExecTarget, command: readonly string[]): string {
  const query = new URLSearchParams({ stdout: "true", stderr: "true" });
  if (container !== undefined) query.set("container", container);
  for (const word of command) query.append("command", word);
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/exec?${query}`;
}

/** The exit code in the Status of channel 3; a Status without one says that the command did not run. */
export function exitCodeOf(text: string, confidential: readonly string[]): Reading<number> {
  let status: unknown;
  try {
    status = JSON.parse(text);
  } catch {
    return unread("malformed", "the kubelet's last word on the command is no Status");
  }
  if (!isJsonObject(status)) return unread("malformed", "the kubelet's last word on the command is no Status");
  if (status.status === "Success") return read(0);
  const details = isJsonObject(status.details) ? status.details : {};
  const causes = Array.isArray(details.causes) ? details.causes : [];
  const code = causes.find((cause) => isJsonObject(cause) && cause.reason === "ExitCode");
  const written = isJsonObject(code) && typeof code.message === "string" ? code.message : "";
  if (status.reason === "NonZeroExitCode" && /^\d{1,5}$/.test(written)) return read(Number(written));
  const said = typeof status.message === "string" ? `: ${cleanMessage(status.message, confidential)}` : "";
  return unread("server-error", `the command could not be run${said}`);
}

interface Kept {
  readonly parts: Buffer[];
  size: number;
}

function keep(kept: Kept, data: Buffer): void {
  const room = mostKept - kept.size;
  // A copy: the message belongs to a larger piece of memory that is used again.
  if (room > 0) kept.parts.push(Buffer.from(data.subarray(0, room)));
  kept.size += Math.min(room, data.length);
}

const textOf = ({ parts }: Kept): string => Buffer.concat(parts).toString("utf8");

/** Every exit code is an answer. Unavailable when the command could not be run, or what it left could not be had. */
export async function exec(
  opener: StreamOpener,
  target: ExecTarget,
  command: readonly string[],
  { milliseconds }: WaitOptions,
  confidential: readonly string[],
): Promise<Reading<CommandResult>> {
  const opened = await opener.open(pathOf(target, command), { protocols, milliseconds });
  if (!opened.ok) return opened;
  const link = opened.value;
  return new Promise((resolve) => {
    const stdout: Kept = { parts: [], size: 0 };
    const stderr: Kept = { parts: [], size: 0 };
    const status: Kept = { parts: [], size: 0 };
    let received = 0;
    const finish = (reading: Reading<CommandResult>) => {
      link.close();
      resolve(reading);
    };
    link.listen({
      message: (message) => {
        received += message.length;
        if (received > mostRead) return finish(unread("too-large", `the command wrote over ${mostRead} bytes`));
        const data = message.subarray(1);
        if (message[0] === channels.stdout) keep(stdout, data);
        if (message[0] === channels.stderr) keep(stderr, data);
        if (message[0] === channels.status) keep(status, data);
      },
      closed: (fault) => {
        // Some servers end the connection without a close frame once the status is out.
        const { size } = status;
        if (size === 0 && fault !== undefined) return resolve(unread(fault.reason, fault.message));
        if (size === 0) return resolve(unread("malformed", "the command ended without a word on how"));
        const code = exitCodeOf(textOf(status), confidential);
        resolve(code.ok ? read({ exitCode: code.value, stdout: textOf(stdout), stderr: textOf(stderr) }) : code);
      },
    });
  });
}
