import { Type } from "@sinclair/typebox";
import { liveApiServers, unseenApiServers } from "../../src/model/api-server/api-server-count.ts";
import { answering } from "../../src/model/api-server/request-limiter.ts";
import {
  clientsCloseToExpiry,
  ownCertificate,
  pendingRequests,
} from "../../src/model/certificates/certificate-notes.ts";
import { certificateRemediation } from "../../src/model/certificates/certificate-remediation.ts";
import { componentCertificates } from "../../src/model/certificates/component-certificates.ts";
import { replacementNotes } from "../../src/model/certificates/replacement-notes.ts";
import { requestNotes } from "../../src/model/certificates/request-notes.ts";
import { servedLeaf } from "../../src/model/certificates/served-leaf.ts";
import { defineCheck } from "../../src/model/check.ts";
import { type Finding, fail, pass, undetermined } from "../../src/model/finding.ts";
import { nonEmpty } from "../../src/model/finding-lists.ts";
import { daysBetween } from "../../src/model/instant.ts";

const noView = { fact: "kube/serving-certificate", reason: "not-visible", resolve: "a declaration" } as const;

export const certificateRotation = defineCheck({
  id: "scs-0215/certificate-rotation",
  title: {
    pass: "The API server's certificate was replaced within the period, in a cluster that is older",
    fail: "A certificate of the control plane or of a kubelet is older than the period",
  },
  why: "A certificate that nobody replaces expires some day and locks everyone out, the nodes included.",
  looksAt:
    "The age of the certificate that the API's endpoint shows over each address family, not its lifetime. A front that ends TLS shows its own certificate, which says nothing. At tier system also the certificates of kubelets, etcd, controller manager and scheduler. The kubeconfig's certificate, clients close to expiry, kubelets that wait for a certificate, what becomes of a request of the run's own and what the management cluster says of replacing machines are named.",
  needs: {
    all: ["kube/serving-certificate"],
    uses: [
      "kube/cluster-ca",
      "kube/identity",
      "kube/api-server-instances",
      "kube/client-certificate",
      "kube/api-server-metrics",
      "kube/kubelet-serving-requests",
      "kube/listeners",
      "kube/certificate-request",
      "management/control-plane",
      "management/machines",
    ],
  },
  parameters: Type.Object({
    maxAgeDays: Type.Number({
      default: 366,
      minimum: 1,
      description: "age in days by which a certificate has to be replaced",
    }),
  }),
  remediation: certificateRemediation,
  accepted: [
    "Below tier system only the API server's certificate is judged. Of the other components those fail that have expired, or that the cluster's CA issued too long ago: other CAs may date back.",
    "An old certificate in the kubeconfig is a user's copy, and a kubelet that waits for a serving certificate may be replaced instead: both are named and do not fail.",
    "kubeadm up to 1.30, k3s and RKE2 date a certificate back to its CA's first day, also after a renewal: such an age proves nothing.",
    "Whether rotation happens by itself cannot be seen, only that it happened.",
    "Whether somebody answers a request of the run's own shows who approves, not who rotates: it is named and decides nothing.",
  ],
  evaluate({ facts, parameters, asOf }) {
    const identity = facts["kube/identity"];
    const ca = facts["kube/cluster-ca"];
    const live = liveApiServers(facts["kube/api-server-instances"]);
    const { leaf, issuedByClusterCa, families } = servedLeaf(facts["kube/serving-certificate"]);
    if (!leaf) return undetermined("The endpoint showed no certificate", [noView]);
    const beside = [
      ownCertificate(facts["kube/client-certificate"], ca, parameters.maxAgeDays, asOf),
      clientsCloseToExpiry(facts["kube/api-server-metrics"]),
      pendingRequests(facts["kube/kubelet-serving-requests"]),
      requestNotes(facts["kube/certificate-request"]),
      replacementNotes(facts["management/control-plane"], facts["management/machines"], asOf),
    ];
    const notes = beside.flatMap(({ findings }) => findings);
    const components = componentCertificates(facts["kube/listeners"], ca, parameters.maxAgeDays, asOf);
    const age = daysBetween(leaf.notBefore, asOf);
    const observed = {
      notBefore: leaf.notBefore,
      notAfter: leaf.notAfter,
      ageDays: Math.floor(age),
      families: [...families],
      issuedByClusterCa: issuedByClusterCa ?? "not known",
      ...(identity.status === "collected" ? { clusterCreatedAt: identity.value.createdAt } : {}),
      ...Object.assign({}, ...beside.map(({ observed }) => observed)),
      ...components.observed,
    };
    const worn = nonEmpty(components.findings);
    if (worn) return fail(worn[0].message, observed, [...worn, ...notes]);
    const violation = (code: string, expected: string | number, actual: string | number, message: string): Finding => ({
      code,
      subject: answering,
      expected,
      actual,
      message,
    });
    if (issuedByClusterCa === null)
      return undetermined(
        "Whether the cluster's CA issued the certificate shown is not known, so it may be a front's",
        [ca.status === "unavailable" ? { fact: "kube/cluster-ca", reason: ca.reason, resolve: ca.resolve } : noView],
        observed,
        notes,
      );
    if (!issuedByClusterCa)
      return undetermined(
        "The endpoint shows a certificate that the cluster's CA did not issue: a front ends TLS",
        [noView],
        observed,
        notes,
      );
    if (leaf.notAfter < asOf) {
      const message = `The certificate expired at ${leaf.notAfter} and was not replaced`;
      const expired = violation("certificate-expired", "a valid certificate", leaf.notAfter, message);
      return fail(message, observed, [expired, ...notes]);
    }
    // dated back: the first day of the CA is not the day of issue
    if (
      age > parameters.maxAgeDays &&
      (ca.status === "unavailable" || ca.value.clusterCa.some(({ notBefore }) => notBefore === leaf.notBefore))
    )
      return undetermined(
        "The certificate carries its CA's first day, so its own age is not visible",
        [noView],
        observed,
        notes,
      );
    if (age > parameters.maxAgeDays) {
      const message = `The certificate was issued ${Math.floor(age)} days ago; at most ${parameters.maxAgeDays} are allowed`;
      const old = violation("certificate-too-old", parameters.maxAgeDays, Math.floor(age), message);
      return fail(message, observed, [old, ...notes]);
    }
    if (identity.status === "unavailable") {
      const missing = { fact: "kube/identity", reason: identity.reason, resolve: identity.resolve };
      return undetermined(
        "The certificate is young enough, but the cluster's age is not known",
        [missing],
        observed,
        notes,
      );
    }
    if (daysBetween(identity.value.createdAt, asOf) <= parameters.maxAgeDays) {
      const missing = { ...noView, resolve: "a cluster older than a year or a declaration" };
      return undetermined(
        "The cluster is too young for its certificates to show whether they are rotated yearly",
        [missing],
        observed,
        notes,
      );
    }
    if (live !== 1) {
      const because = `The certificate of 1 of ${live ?? "an unknown number of"} API servers was seen; it was replaced in time`;
      return undetermined(because, [unseenApiServers(facts["kube/api-server-instances"])], observed, notes);
    }
    return pass(
      `The certificate was issued ${Math.floor(age)} days ago, in a cluster that is older than ${parameters.maxAgeDays} days`,
      observed,
      notes,
    );
  },
});
