/** Certificates beside the API server's own that a cluster shows: named for the reader, judged by no requirement. */

import { answering } from "../api-server/request-limiter.ts";
import type { Fact } from "../fact.ts";
import type { ApiServerMetricsFact } from "../facts/api-server-metrics.ts";
import type { ClientCertificateFact, ClusterCaFact } from "../facts/certificates.ts";
import type { KubeletServingRequestsFact } from "../facts/kubelet-serving-requests.ts";
import type { Finding } from "../finding.ts";
import { capped } from "../finding-lists.ts";
import { daysBetween, millisecondsOf } from "../instant.ts";
import type { JsonObject } from "../json.ts";
import type { Instant } from "../vocabulary.ts";

export interface Notes {
  readonly observed: JsonObject;
  readonly findings: readonly Finding[];
}

/** The kubeconfig's own certificate: a user's copy may be older than what the cluster has meanwhile. */
export function ownCertificate(
  own: Fact<ClientCertificateFact>,
  ca: Fact<ClusterCaFact>,
  maxAgeDays: number,
  asOf: Instant,
): Notes {
  const certificate = own.status === "collected" ? own.value.certificate : null;
  if (certificate === null) return { observed: {}, findings: [] };
  const ageDays = Math.floor(daysBetween(certificate.notBefore, asOf));
  const remainingDays = Math.floor(daysBetween(asOf, certificate.notAfter));
  const authorities = ca.status === "collected" ? [...ca.value.clusterCa, ...(ca.value.clientCa ?? [])] : [];
  const datedBack = authorities.some(({ notBefore }) => notBefore === certificate.notBefore);
  const old: Finding = {
    code: "client-certificate-old",
    subject: { kind: "ClientCertificate", name: "" },
    expected: maxAgeDays,
    actual: ageDays,
    message: `The kubeconfig's client certificate was issued ${ageDays} days ago`,
  };
  return {
    observed: { clientCertificate: { ageDays, remainingDays } },
    findings: ageDays > maxAgeDays && !datedBack ? [old] : [],
  };
}

/** Requests whose client certificate had less than 30 days left, since the API server that answered started. */
export function clientsCloseToExpiry(metrics: Fact<ApiServerMetricsFact>): Notes {
  const samples =
    metrics.status === "collected"
      ? (metrics.value.series.apiserver_client_certificate_expiration_seconds_bucket ?? [])
      : [];
  const atMost = (seconds: number) => samples.find(({ labels }) => Number(labels.le) === seconds)?.value;
  const [close, all] = [atMost(30 * 86_400), samples.find(({ labels }) => labels.le === "+Inf")?.value];
  if (close === undefined || all === undefined) return { observed: {}, findings: [] };
  const message = `${close} of ${all} requests with a client certificate had less than 30 days of it left`;
  const finding: Finding = {
    code: "clients-close-to-expiry",
    subject: answering,
    expected: 0,
    actual: close,
    message,
  };
  return { observed: { requestsCloseToExpiry: { close, all } }, findings: close > 0 ? [finding] : [] };
}

/** A request is approved within seconds where somebody approves; kubelets wait with none until then. */
const patience = 10 * 60_000;

/** Kubelets whose request for a serving certificate nobody has answered. */
export function pendingRequests(requests: Fact<KubeletServingRequestsFact>): Notes {
  if (requests.status === "unavailable") return { observed: {}, findings: [] };
  const { nodes, serverTime } = requests.value;
  const now = millisecondsOf(serverTime);
  const findings = nodes.flatMap(({ node, pendingSince }): readonly Finding[] =>
    pendingSince !== undefined && now - millisecondsOf(pendingSince) > patience
      ? [
          {
            code: "serving-request-pending",
            subject: { kind: "Node", name: node },
            expected: "approved within minutes",
            actual: pendingSince,
            message: `The kubelet of ${node} has waited since ${pendingSince} for a serving certificate`,
          },
        ]
      : [],
  );
  return { observed: { kubeletsWaitingForCertificate: findings.length }, findings: capped(findings) };
}
