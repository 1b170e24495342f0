/** etcd as it was reached on its nodes, for what no flag has to tell: whom it lets in, and who has signed its certificate. */
import type { Fact } from "../fact.ts";
import type { ListenerRecord, ListenersFact } from "../facts/listeners.ts";

/** `closed`: nobody gets in without a certificate. `open`: whoever comes does, or there is no TLS at all. */
export interface ReachedEtcd {
  readonly node: string;
  readonly door: "closed" | "open" | "unknown";
  /** In words: `lets in whoever comes`. */
  readonly text: string;
  readonly issuedByClusterCa: boolean | null;
}

export function reachedEtcds(listeners: Fact<ListenersFact>): readonly ReachedEtcd[] {
  if (listeners.status === "unavailable") return [];
  return listeners.value.listeners
    .filter(({ component, speaks }) => component === "etcd" && (speaks === "tls" || speaks === "plain"))
    .map((record) => ({ node: record.node, issuedByClusterCa: record.issuedByClusterCa ?? null, ...doorOf(record) }));
}

function doorOf({ speaks, clientCertificate }: ListenerRecord): Pick<ReachedEtcd, "door" | "text"> {
  if (speaks === "plain") return { door: "open", text: "speaks without TLS" };
  if (clientCertificate === "required") return { door: "closed", text: "lets nobody in without a certificate" };
  return clientCertificate === "unknown" || clientCertificate === undefined
    ? { door: "unknown", text: "does not show whether it asks for a certificate" }
    : { door: "open", text: "lets in whoever comes" };
}
