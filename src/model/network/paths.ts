/** How ways from a pod are judged: of those that lead nowhere, which say something about the network. */
import type { DataPathFact } from "../facts/network-paths.ts";
import type { Finding } from "../finding.ts";

export type Path = DataPathFact["paths"][number];

/** A name that is not resolved says nothing about the way behind it. */
export const isTried = ({ answer }: Path): boolean => answer !== "no-name";
export const isReached = ({ answer }: Path): boolean => answer === "allowed";
/** Where node ports listen is for the cluster to choose (`--nodeport-addresses`): one that is closed is told, and no more. */
export const isBinding = ({ to }: Path): boolean => to !== "node-port";

/** `service over IPv6 (UDP, other-node)`. */
export const pathText = ({ to, family, protocol, placement }: Path): string =>
  `${to} over ${family} (${protocol}, ${placement})`;

export function deadPath(path: Path): Finding {
  return {
    code: isBinding(path) ? "not-reached" : "node-port-not-reached",
    subject: { kind: path.to === "pod" ? "Pod" : "Service", name: path.to },
    expected: "reached",
    actual: path.answer,
    message: `Not reached from a pod: ${pathText(path)}`,
  };
}
