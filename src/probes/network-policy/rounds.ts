/** Looks at the cells of a step until all are as expected in one and the same round, or its time is over. */
import { isIP } from "node:net";
import type { ClusterActor, OwnObject } from "../../model/acting.ts";
import type { Reading } from "../../model/fact.ts";
import type { MatrixCell, MatrixPeer } from "../../model/facts/network-paths.ts";
import type { AddressFamily } from "../../model/facts/nodes.ts";
import { isAsExpected } from "../../model/network/policy-matrix.ts";
import { type Attempt, attempt, isLasting } from "../acting/attempts.ts";
import type { PlannedCell } from "./steps.ts";

/** The pods as they run. */
export interface Field {
  readonly act: Pick<ClusterActor, "exec">;
  readonly pods: { readonly [P in MatrixPeer]: OwnObject };
  readonly addresses: { readonly [P in MatrixPeer]: readonly string[] };
  /** `kubernetes.default.svc.cluster.local.` */
  readonly lookup: string;
}

export interface Looked {
  readonly cells: readonly MatrixCell[];
  readonly rounds: number;
  /** The last round came to its end. */
  readonly reading: Reading<undefined>;
}

type Over = MatrixCell["seen"][number]["over"];
interface PlannedAttempt extends Attempt {
  readonly cell: number;
  readonly over: Over;
}

/** Seconds without an answer that count as blocked; what is to get through gets longer, as a busy node does not block. */
const blockedSeconds = 1;
const allowedSeconds = 3;

/** At least two rounds are looked at before cells count as different. */
export async function lookUntilAsExpected(
  field: Field,
  planned: readonly PlannedCell[],
  until: number,
  now: () => number,
): Promise<Looked> {
  let looked: Looked = { cells: [], rounds: 0, reading: { ok: true, value: undefined } };
  do {
    looked = await lookOnce(field, planned, looked);
  } while (!isOver(looked) && (looked.rounds < 2 || now() < until));
  return looked;
}

/** All as expected, or nothing that another round would mend. */
function isOver({ reading, cells }: Looked): boolean {
  if (reading.ok) return cells.every(isAsExpected);
  return isLasting(reading.reason);
}

async function lookOnce(field: Field, planned: readonly PlannedCell[], before: Looked): Promise<Looked> {
  const clients = [...new Set(planned.map(({ from }) => from))];
  const seen = planned.map((): MatrixCell["seen"] => []);
  const ends = await Promise.all(
    clients.map(async (client) => {
      const attempts = planned.flatMap((cell, index) => (cell.from === client ? attemptsAt(field, cell, index) : []));
      const answers = await attempt(field.act, field.pods[client], attempts, before.rounds > 0);
      if (!answers.ok) return answers;
      attempts.forEach(({ cell, over }, index) => {
        const answer = answers.value[index];
        if (answer !== undefined) seen[cell]?.push({ over, answer });
      });
      return undefined;
    }),
  );
  const failed = ends.find((end) => end !== undefined);
  const rounds = before.rounds + 1;
  if (failed) return { cells: before.cells, rounds, reading: failed };
  const cells = planned.map((cell, index) => ({ ...cell, seen: seen[index] ?? [] }));
  return { cells, rounds, reading: { ok: true, value: undefined } };
}

function attemptsAt(field: Field, { to, port, protocol, lookup, expected }: PlannedCell, cell: number) {
  const seconds = expected === "allowed" ? allowedSeconds : blockedSeconds;
  const made = (host: string, over: Over): PlannedAttempt => ({ cell, over, host, port, protocol, seconds });
  if (lookup) return [made(field.lookup, "name")];
  return field.addresses[to].map((address) => made(address, familyOver(address)));
}

function familyOver(address: string): AddressFamily {
  return isIP(address) === 6 ? "IPv6" : "IPv4";
}
