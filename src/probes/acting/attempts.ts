/**
 * Attempts to connect, made by `agnhost connect` in a pod of the run: many by one command, so that one stream carries them.
 * Its words and exit codes: kubernetes/kubernetes, test/images/agnhost/connect.
 */
import { isIP } from "node:net";
import type { ClusterActor, OwnObject } from "../../model/acting.ts";
import { type Reading, read, unread } from "../../model/fact.ts";
import type { PathAnswer } from "../../model/facts/network-paths.ts";
import type { UnavailableReason } from "../../model/vocabulary.ts";

export interface Attempt {
  /** An address, or a name. */
  readonly host: string;
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
  /** How long nothing may come back; the resolver's own time is not in it. */
  readonly seconds: number;
}

/** How long something is tried again; `now`: milliseconds from anywhere, never going back. */
export interface Patience {
  readonly milliseconds: number;
  readonly now: () => number;
}

/** Started at the same time; every one is a process of some 10 MiB. */
const atOnce = 12;
/** What starting that many processes takes on a busy node, beside the attempts' own time. */
const startMilliseconds = 15_000;

/** Names of the DNS alone, and addresses: nothing else comes near a shell, not even in our own pod. */
export const plainName = /^[a-z0-9]([a-z0-9.-]{0,252}[a-z0-9.])?$/i;

/**
 * What became of each attempt, in their order; `again`: after a pause. `not-found`: the image has no shell or no agnhost; `malformed`: the command
 * did not speak of every attempt.
 */
export async function attempt(
  act: Pick<ClusterActor, "exec">,
  pod: OwnObject,
  attempts: readonly Attempt[],
  again = false,
): Promise<Reading<readonly PathAnswer[]>> {
  if (attempts.length === 0) return read([]);
  const rounds = Math.ceil(attempts.length / atOnce);
  const longest = Math.max(...attempts.map(({ seconds }) => seconds)) * 1000;
  // a name that nobody answers for is asked for by every search domain
  const milliseconds = rounds * (longest + 10_000) + startMilliseconds;
  const result = await act.exec(pod, ["/bin/sh", "-c", scriptOf(attempts, again)], { milliseconds });
  if (!result.ok) return result;
  return answersOf(result.value.stdout, attempts.length);
}

/** The same attempts again and again until `done` says that their answers will do, or the time is over; at least twice. */
export async function attemptUntil(
  act: Pick<ClusterActor, "exec">,
  pod: OwnObject,
  attempts: readonly Attempt[],
  done: (answers: readonly PathAnswer[]) => boolean,
  { milliseconds, now }: Patience,
): Promise<Reading<readonly PathAnswer[]>> {
  const end = now() + milliseconds;
  let answers = await attempt(act, pod, attempts);
  for (let tries = 1; !(answers.ok ? done(answers.value) : isLasting(answers.reason)); tries += 1) {
    if (tries > 1 && now() > end) return answers;
    answers = await attempt(act, pod, attempts, true);
  }
  return answers;
}

/** Another try would not mend it: no right, no such pod, no agnhost in the image. */
export function isLasting(reason: UnavailableReason): boolean {
  return reason === "forbidden" || reason === "unauthorized" || reason === "not-found";
}

/** Lines `<number> <exit code> <first word of the error>`, in any order; what is tried again waits a second first. */
export function scriptOf(attempts: readonly Attempt[], again = false): string {
  const lines = attempts.map(({ host, port, protocol, seconds }, index) => {
    const written = isIP(host) === 6 ? `[${host}]` : host;
    if (isIP(host) === 0 && !plainName.test(host)) return `echo ${index} 1 DNS`;
    const pause = (index + 1) % atOnce === 0 ? "wait" : "";
    return `c ${index} ${written}:${port} ${protocol.toLowerCase()} ${seconds}s&${pause}`;
  });
  const call = `c(){ r=$(/agnhost connect "$2" --protocol=$3 --timeout=$4 2>&1);echo "$1 $? \${r%%[!A-Z]*}";}`;
  return [...(again ? ["sleep 1"] : []), call, ...lines, "wait"].join("\n");
}

/** Reads what the script printed; a pod is as hostile as the cluster that runs it. */
export function answersOf(stdout: string, count: number): Reading<readonly PathAnswer[]> {
  const answers = new Map<number, PathAnswer>();
  for (const line of stdout.slice(0, 65_536).split("\n")) {
    const found = /^(\d{1,4}) (\d{1,3})(?: ([A-Z]{0,16}))?$/.exec(line.trim());
    if (!found) continue;
    const exitCode = Number(found[2]);
    if (exitCode === 126 || exitCode === 127) return unread("not-found", "the image of the pods has no agnhost");
    answers.set(Number(found[1]), answerOf(exitCode, found[3] ?? ""));
  }
  const inOrder = Array.from({ length: count }, (_, index) => answers.get(index));
  if (inOrder.includes(undefined)) return unread("malformed", "the pod did not speak of every attempt");
  return read(inOrder.filter((answer) => answer !== undefined));
}

const byWord: { readonly [word: string]: PathAnswer } = { TIMEOUT: "timeout", REFUSED: "refused", DNS: "no-name" };

function answerOf(exitCode: number, word: string): PathAnswer {
  if (exitCode === 0) return "allowed";
  return Object.hasOwn(byWord, word) ? (byWord[word] ?? "other") : "other";
}
