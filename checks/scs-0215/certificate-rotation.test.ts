import type { FactValues } from "../../src/model/facts/index.ts";
import { describeCheck, unavailable } from "../../tests/support/check-table.ts";
import { apiServers, certificate, controlPlaneThere, identity, machineThere } from "../../tests/support/facts.ts";
import { certificateRequest, etcdListener, kubeletListener, listeners } from "../../tests/support/running-facts.ts";
import { certificateRotation } from "./certificate-rotation.ts";

// as of 2026-11-23
const shown = (
  notBefore: string,
  notAfter: string,
  issuedByClusterCa: boolean | null = true,
): FactValues["kube/serving-certificate"] => ({
  chain: [certificate(notBefore, notAfter)],
  family: "IPv4",
  trusted: true,
  issuedByClusterCa,
});
const ca = { clusterCa: [certificate("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z", { ca: true, selfSigned: true })] };
const older = {
  "kube/cluster-ca": ca,
  "kube/identity": identity("2020-01-01T00:00:00Z"),
  "kube/api-server-instances": apiServers(1),
};
const young = { ...older, "kube/identity": identity("2026-06-01T00:00:00Z") };

const recent = shown("2026-06-01T00:00:00Z", "2027-06-01T00:00:00Z");
const tenYears = shown("2021-01-01T00:00:00Z", "2031-01-01T00:00:00Z");

describeCheck(
  certificateRotation,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "an old cluster with a young certificate",
      facts: { "kube/serving-certificate": recent, ...older },
      outcome: "pass",
    },
    {
      name: "age counts, not lifetime",
      facts: { "kube/serving-certificate": shown("2026-06-01T00:00:00Z", "2036-06-01T00:00:00Z"), ...older },
      outcome: "pass",
    },
    {
      name: "older than a year",
      facts: { "kube/serving-certificate": tenYears, ...older },
      outcome: "fail",
      findings: ["certificate-too-old"],
    },
    {
      name: "a leap year long is still a year",
      facts: { "kube/serving-certificate": shown("2025-11-23T00:00:00Z", "2027-01-01T00:00:00Z"), ...older },
      outcome: "pass",
    },
    {
      name: "too old on one of three decides",
      facts: { "kube/serving-certificate": tenYears, ...older, "kube/api-server-instances": apiServers(3) },
      outcome: "fail",
    },
    {
      name: "a request that nobody approves is left alone",
      facts: {
        "kube/serving-certificate": recent,
        "kube/certificate-request": certificateRequest("pending"),
        ...older,
      },
      outcome: "pass",
      findings: [],
      observed: { clientCertificateRequest: "pending" },
    },
    {
      name: "a request that somebody approves at once is named, and decides nothing",
      facts: {
        "kube/serving-certificate": recent,
        "kube/certificate-request": certificateRequest("issued", true),
        ...older,
      },
      outcome: "pass",
      findings: ["certificate-request-approved", "masters-request-taken"],
    },
    {
      name: "a certificate that is signed on request makes up for no old one",
      facts: {
        "kube/serving-certificate": tenYears,
        "kube/certificate-request": certificateRequest("issued"),
        ...older,
      },
      outcome: "fail",
      findings: ["certificate-too-old", "certificate-request-approved"],
    },
    {
      name: "a request that a policy keeps out says nothing of a signer",
      facts: {
        "kube/serving-certificate": recent,
        "kube/certificate-request": certificateRequest(undefined),
        ...young,
      },
      outcome: "undetermined",
      findings: [],
      observed: { clientCertificateRequest: "not taken: policy" },
    },
    {
      name: "young on every node as well",
      facts: {
        "kube/serving-certificate": recent,
        "kube/listeners": listeners(kubeletListener("a"), etcdListener("a")),
        ...older,
      },
      outcome: "pass",
      observed: { componentCertificates: { seen: 2, oldest: "2026-11-20T10:00:00Z" } },
    },
    {
      name: "a kubelet's own, signed by itself at its first start and never replaced",
      facts: {
        "kube/serving-certificate": recent,
        "kube/listeners": listeners(
          kubeletListener("a"),
          kubeletListener("b", {
            certificate: certificate("2024-06-01T00:00:00Z", "2025-06-01T00:00:00Z", { selfSigned: true }),
            issuedByClusterCa: false,
          }),
        ),
        ...older,
      },
      outcome: "fail",
      findings: ["certificate-expired"],
      because: /^The certificate of kubelet on b expired/,
    },
    {
      name: "a kubelet's of the cluster's CA that is too old, and a front before the API server",
      facts: {
        "kube/serving-certificate": shown("2026-06-01T00:00:00Z", "2027-06-01T00:00:00Z", false),
        "kube/listeners": listeners(
          kubeletListener("a", { certificate: certificate("2024-06-01T00:00:00Z", "2034-06-01T00:00:00Z") }),
        ),
        ...older,
      },
      outcome: "fail",
      findings: ["certificate-too-old"],
    },
    {
      name: "etcd's, old by its date: its CA may date back, as kubeadm did",
      facts: {
        "kube/serving-certificate": recent,
        "kube/listeners": listeners(
          etcdListener("a", { certificate: certificate("2020-01-01T00:00:00Z", "2027-06-01T00:00:00Z") }),
        ),
        ...older,
      },
      outcome: "pass",
    },
    {
      name: "expired",
      facts: { "kube/serving-certificate": shown("2025-12-01T00:00:00Z", "2026-11-01T00:00:00Z"), ...older },
      outcome: "fail",
      findings: ["certificate-expired"],
    },
    {
      name: "kubeadm 1.30: renewed, but dated back to the CA's first day",
      facts: { "kube/serving-certificate": shown("2020-01-01T00:00:00Z", "2027-06-01T00:00:00Z"), ...older },
      outcome: "undetermined",
      because: /CA's first day/,
    },
    {
      name: "old, and the CA cannot be read",
      facts: {
        "kube/serving-certificate": tenYears,
        ...older,
        "kube/cluster-ca": unavailable("forbidden", "the right to get kube-root-ca.crt"),
      },
      outcome: "undetermined",
    },
    {
      name: "a younger cluster whose machines are to be replaced in time: one that was not is named",
      facts: {
        "kube/serving-certificate": recent,
        ...young,
        "management/control-plane": controlPlaneThere({ certificateRolloutDays: 30 }),
        "management/machines": {
          machines: [
            machineThere("cp-1", undefined, { certificatesExpireAt: "2027-05-01T00:00:00Z" }),
            machineThere("cp-2", undefined, { certificatesExpireAt: "2026-11-01T00:00:00Z" }),
          ],
        },
      },
      outcome: "undetermined",
      findings: ["machine-certificates-expired"],
      observed: {
        machinesReplacedDaysBeforeExpiry: 30,
        machinesWithExpiry: 2,
        firstMachineExpiry: "2026-11-01T00:00:00Z",
      },
    },
    {
      name: "a younger cluster",
      facts: { "kube/serving-certificate": recent, ...young },
      outcome: "undetermined",
      missing: ["a cluster older than a year or a declaration"],
    },
    {
      name: "a front ends TLS",
      facts: { "kube/serving-certificate": shown("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z", false), ...older },
      outcome: "undetermined",
      because: /a front/,
    },
    {
      name: "issuer unknown",
      facts: { "kube/serving-certificate": shown("2020-02-02T00:00:00Z", "2030-01-01T00:00:00Z", null), ...older },
      outcome: "undetermined",
    },
    {
      name: "one of three seen",
      facts: { "kube/serving-certificate": recent, ...older, "kube/api-server-instances": apiServers(3) },
      outcome: "undetermined",
      because: /1 of 3/,
    },
    {
      name: "an older one over the other family decides",
      facts: {
        "kube/serving-certificate": { ...recent, otherFamily: { ...tenYears, family: "IPv6" } },
        ...older,
      },
      outcome: "fail",
      findings: ["certificate-too-old"],
      observed: { families: ["IPv4", "IPv6"] },
    },
    {
      name: "a front over the other family says nothing",
      facts: {
        "kube/serving-certificate": {
          ...recent,
          otherFamily: { ...tenYears, family: "IPv6", issuedByClusterCa: false },
        },
        ...older,
      },
      outcome: "pass",
    },
    {
      name: "an old kubeconfig, clients close to expiry and a kubelet that waits are named and decide nothing",
      facts: {
        "kube/serving-certificate": recent,
        ...older,
        "kube/client-certificate": { certificate: certificate("2024-01-01T00:00:00Z", "2034-01-01T00:00:00Z") },
        "kube/api-server-metrics": {
          series: {
            apiserver_client_certificate_expiration_seconds_bucket: [
              { labels: { le: "2.592e+06" }, value: 3 },
              { labels: { le: "+Inf" }, value: 100 },
            ],
          },
        },
        "kube/kubelet-serving-requests": {
          serverTime: "2026-11-23T10:00:00Z",
          nodes: [{ node: "a", pendingSince: "2026-11-23T08:00:00Z", refused: false }],
        },
      },
      outcome: "pass",
      findings: ["client-certificate-old", "clients-close-to-expiry", "serving-request-pending"],
      observed: { requestsCloseToExpiry: { close: 3, all: 100 }, kubeletsWaitingForCertificate: 1 },
    },
    {
      name: "a kubeconfig's certificate dated back to its CA's first day says nothing of its age",
      facts: {
        "kube/serving-certificate": recent,
        ...older,
        "kube/client-certificate": { certificate: certificate("2020-01-01T00:00:00Z", "2034-01-01T00:00:00Z") },
      },
      outcome: "pass",
      findings: [],
    },
    {
      name: "the cluster's age is not known",
      facts: { "kube/serving-certificate": recent, "kube/cluster-ca": ca },
      outcome: "undetermined",
      missing: ["the right to read kube/identity"],
    },
  ],
);
