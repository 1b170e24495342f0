/** Certificates of what listens on nodes: kubelets, etcd, controller manager, scheduler (scs-0215, certificate rotation). */
import type { Fact } from "../fact.ts";
import type { ClusterCaFact } from "../facts/certificates.ts";
import type { ListenerRecord, ListenersFact } from "../facts/listeners.ts";
import type { Finding } from "../finding.ts";
import { capped } from "../finding-lists.ts";
import { daysBetween } from "../instant.ts";
import type { Instant } from "../vocabulary.ts";
import type { Notes } from "./certificate-notes.ts";

interface Shown {
  readonly listener: ListenerRecord;
  readonly certificate: NonNullable<ListenerRecord["certificate"]>;
}

/**
 * The findings are violations. An expired certificate was not replaced, whoever has signed it. Age alone counts only of those
 * that the cluster's CA has signed, and not on its own first day: kubeadm up to 1.30, k3s and RKE2 date back to that of the
 * CA, also when they renew, and of other CAs the first day is not known.
 */
export function componentCertificates(
  listeners: Fact<ListenersFact>,
  ca: Fact<ClusterCaFact>,
  maxAgeDays: number,
  asOf: Instant,
): Notes {
  const all = listeners.status === "unavailable" ? [] : listeners.value.listeners;
  const shown = all.flatMap((listener): Shown[] =>
    listener.certificate === undefined ? [] : [{ listener, certificate: listener.certificate }],
  );
  if (shown.length === 0) return { observed: {}, findings: [] };
  const firstDays = ca.status === "collected" ? ca.value.clusterCa.map(({ notBefore }) => notBefore) : undefined;
  const oldest = shown.map(({ certificate }) => certificate.notBefore).sort()[0] ?? "";
  const findings = shown.flatMap(({ listener, certificate: { notBefore, notAfter } }): readonly Finding[] => {
    const who = `${listener.component} on ${listener.node}`;
    const subject = { kind: "Node", name: listener.node };
    if (notAfter < asOf) {
      const message = `The certificate of ${who} expired at ${notAfter} and was not replaced`;
      return [{ code: "certificate-expired", subject, expected: "a valid certificate", actual: notAfter, message }];
    }
    const age = Math.floor(daysBetween(notBefore, asOf));
    const own = listener.issuedByClusterCa === true && firstDays !== undefined && !firstDays.includes(notBefore);
    if (age <= maxAgeDays || !own) return [];
    const message = `The certificate of ${who} was issued ${age} days ago; at most ${maxAgeDays} are allowed`;
    return [{ code: "certificate-too-old", subject, expected: maxAgeDays, actual: age, message }];
  });
  return { observed: { componentCertificates: { seen: shown.length, oldest } }, findings: capped(findings) };
}
