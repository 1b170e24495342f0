/** Asks over HTTP from a pod of the run, by the `wget` of BusyBox (Alpine has it, and so have images of agnhost). */
import { isIP } from "node:net";
import type { ClusterActor, OwnObject } from "../../model/acting.ts";
import { type Reading, read } from "../../model/fact.ts";
import type { PathAnswer } from "../../model/facts/network-paths.ts";
import { type Patience, plainName } from "../acting/attempts.ts";

export interface HttpQuestion {
  /** Address or name that is connected to. */
  readonly to: string;
  /** Value of the header Host. */
  readonly host: string;
  readonly path: string;
  /** The body that only the pod meant has. */
  readonly expected: string;
}

/** BusyBox as Debian 12 builds it crashes at `-T`; older ones have a `timeout` of other arguments. */
const ask =
  'a(){ wget -q -T 5 -O - --header "$1" "$2"; r=$?; [ $r -eq 139 ] || return $r; timeout 5 wget -q -O - --header "$1" "$2";}';

/** `allowed` when the pod meant answered; `other` when somebody else did, or nobody. */
export async function askOverHttp(
  act: Pick<ClusterActor, "exec">,
  client: OwnObject,
  { to, host, path, expected }: HttpQuestion,
  { milliseconds, now }: Patience,
): Promise<Reading<PathAnswer>> {
  if (isIP(to) === 0 && !plainName.test(to)) return read("no-name");
  const url = `http://${isIP(to) === 6 ? `[${to}]` : to}${path}`;
  const command = ["/bin/sh", "-c", `${ask}; a "$@" || sleep 2`, "sh", `Host: ${host}`, url];
  const end = now() + milliseconds;
  for (;;) {
    const result = await act.exec(client, command, { milliseconds: 20_000 });
    if (!result.ok) return result;
    if (result.value.stdout.trim() === expected) return read("allowed");
    if (now() > end) return read("other");
  }
}
