import { Type } from "@sinclair/typebox";
import { caRemediation } from "../../src/model/certificates/certificate-remediation.ts";
import { defineCheck } from "../../src/model/check.ts";
import type { CertificateRecord } from "../../src/model/facts/certificates.ts";
import { type Finding, fail, pass, undetermined } from "../../src/model/finding.ts";
import { named, nonEmpty } from "../../src/model/finding-lists.ts";
import { daysBetween } from "../../src/model/instant.ts";

export const caRenewal = defineCheck({
  id: "scs-0215/ca-renewal",
  title: {
    pass: "No CA of the cluster is close to its end",
    fail: "A CA of the cluster has ended or is close to its end",
  },
  why: "When a CA ends, every certificate under it ends with it, all at once.",
  looksAt:
    "The remaining time of the CAs that the cluster publishes. During a renewal, when old and new are published together, the newer one counts.",
  needs: { all: ["kube/cluster-ca"] },
  parameters: Type.Object({
    minRemainingDays: Type.Number({ default: 90, minimum: 0, description: "days that a CA has to last at least" }),
  }),
  remediation: caRemediation,
  accepted: [
    "The text recommends renewal and names no period; a CA that lasts for years is no failure.",
    "etcd's CA is not visible.",
    "Where the client and front-proxy CAs may not be read, the cluster CA speaks alone; what was observed names which.",
  ],
  evaluate({ facts, parameters, asOf }) {
    const { clusterCa, clientCa, frontProxyCa } = facts["kube/cluster-ca"];
    const bundles = [
      { name: "cluster CA", bundle: clusterCa },
      { name: "client CA", bundle: clientCa ?? [] },
      { name: "front-proxy CA", bundle: frontProxyCa ?? [] },
    ].flatMap(({ name, bundle }) => lasting(name, bundle));
    if (clusterCa.length === 0) {
      const missing = {
        fact: "kube/cluster-ca",
        reason: "not-found",
        resolve: "the ConfigMap kube-root-ca.crt",
      } as const;
      return undetermined("The cluster publishes no CA certificate", [missing]);
    }
    const days = bundles.map(({ name, until }) => ({ name, until, remaining: Math.floor(daysBetween(asOf, until)) }));
    const observed = { remainingDays: Object.fromEntries(days.map(({ name, remaining }) => [name, remaining])) };
    const short = days.filter(({ remaining }) => remaining < parameters.minRemainingDays);
    const violations = nonEmpty(
      short.map(({ name, until, remaining }): Finding => {
        const message = `The ${name} ends at ${until}, in ${remaining} days; at least ${parameters.minRemainingDays} are asked for`;
        return {
          code: "ca-close-to-end",
          subject: { kind: "CertificateAuthority", name },
          expected: parameters.minRemainingDays,
          actual: remaining,
          message,
        };
      }),
    );
    if (violations) return fail(`Close to its end: ${named(short.map(({ name }) => name))}`, observed, violations);
    return pass(`${named(days.map(({ name, remaining }) => `${name} lasts ${remaining} days`))}`, observed);
  },
});

function lasting(name: string, bundle: readonly CertificateRecord[]): readonly { name: string; until: string }[] {
  const until = bundle
    .map(({ notAfter }) => notAfter)
    .sort()
    .at(-1);
  return until === undefined ? [] : [{ name, until }];
}
