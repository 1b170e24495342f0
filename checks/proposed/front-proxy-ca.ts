import { Type } from "@sinclair/typebox";
import { caRemediation } from "../../src/model/certificates/certificate-remediation.ts";
import { defineCheck } from "../../src/model/check.ts";
import { type Finding, fail, pass, undetermined } from "../../src/model/finding.ts";
import { nonEmpty } from "../../src/model/finding-lists.ts";

export const frontProxyCa = defineCheck({
  id: "proposed/front-proxy-ca",
  title: {
    pass: "The front proxy has another CA than client certificates",
    fail: "The front proxy shares its CA with client certificates",
  },
  why: "Whoever holds a client certificate could otherwise speak to aggregated API servers in anyone's name.",
  looksAt:
    "The two bundles of authorities that the API server publishes for aggregated API servers (ConfigMap kube-system/extension-apiserver-authentication), certificate by certificate.",
  needs: { all: ["kube/cluster-ca"] },
  parameters: Type.Object({}),
  remediation: {
    ...caRemediation,
    text: "Give the front proxy a CA of its own (--requestheader-client-ca-file) and drop the shared one from either bundle.",
  },
  accepted: ["A CA that was issued twice for the same key counts as two."],
  evaluate({ facts }) {
    const { clientCa, frontProxyCa: proxy } = facts["kube/cluster-ca"];
    const observed = { clientCa: clientCa?.length ?? "not visible", frontProxyCa: proxy?.length ?? "not visible" };
    if (clientCa === undefined || proxy === undefined) {
      const resolve = "the right to get the ConfigMap kube-system/extension-apiserver-authentication, or a declaration";
      const missing = { fact: "kube/cluster-ca", reason: "not-visible", resolve } as const;
      return undetermined("Not both authorities, of clients and of the front proxy, are visible", [missing], observed);
    }
    const shared = proxy.filter(({ fingerprint }) => clientCa.some((one) => one.fingerprint === fingerprint));
    const violations = nonEmpty(
      shared.map(
        ({ fingerprint }): Finding => ({
          code: "front-proxy-shares-ca",
          subject: { kind: "CertificateAuthority", name: fingerprint.slice(0, 16) },
          expected: "a CA of its own",
          actual: "the CA of client certificates",
          message: `The CA ${fingerprint.slice(0, 16)} stands for the front proxy and for client certificates`,
        }),
      ),
    );
    if (violations) return fail("The front proxy and client certificates share a CA", observed, violations);
    return pass("No CA of the front proxy is one of client certificates", observed);
  },
});
