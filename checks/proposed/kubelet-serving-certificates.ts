import { Type } from "@sinclair/typebox";
import { apiServersByWholeFlags, setting } from "../../src/model/api-server/api-server-flags.ts";
import { apiServerFlags } from "../../src/model/api-server/api-server-remediation.ts";
import { pendingRequests } from "../../src/model/certificates/certificate-notes.ts";
import { defineCheck } from "../../src/model/check.ts";
import { type Finding, fail, pass, undetermined } from "../../src/model/finding.ts";
import { nonEmpty } from "../../src/model/finding-lists.ts";

const flag = "kubelet-certificate-authority";

export const kubeletServingCertificates = defineCheck({
  id: "proposed/kubelet-serving-certificates",
  title: {
    pass: "The certificate of every kubelet was issued by a CA that the API servers check",
    fail: "An API server does not check the certificates of kubelets",
  },
  why: "An API server that checks nothing hands commands and logs to whoever answers on a node's address.",
  looksAt: `${flag} of every API server, and whether the cluster has issued every node's kubelet a serving certificate: by the requests for one, at tier system by the certificate that each kubelet shows. kubelet-config says whether kubelets ask for one.`,
  needs: {
    oneOf: [["kube/control-plane-pods", "kube/node-args", "kube/kubelet-serving-requests", "kube/listeners"]],
    uses: ["kube/kubelet-configuration", "kube/nodes", "kube/api-server-instances"],
  },
  parameters: Type.Object({}),
  remediation: apiServerFlags(
    "Set serverTLSBootstrap in the KubeletConfiguration of every node, let somebody approve the requests (kubelet-csr-approver, a cloud controller), then let the API servers check them.",
    { [flag]: "/etc/kubernetes/pki/ca.crt" },
    {
      k3s: "k3s issues and checks them by itself.",
      rke2: "RKE2 issues and checks them by itself.",
      gardener:
        "Gardener rotates and approves serving certificates of kubelets by itself: ask the operator for a declaration.",
    },
  ),
  accepted: [
    "Issued requests are deleted after an hour, so only a fresh cluster shows a certificate for every node.",
    "A request that waits is named: the kubelet may still have a certificate from before.",
  ],
  evaluate({ facts }) {
    const view = apiServersByWholeFlags(facts);
    const requests = facts["kube/kubelet-serving-requests"];
    const config = facts["kube/kubelet-configuration"];
    const nodes = facts["kube/nodes"];
    const waiting = pendingRequests(requests);
    const names = nodes.status === "collected" ? nodes.value.nodes.map(({ name }) => name) : undefined;
    const issued = requests.status === "collected" ? requests.value.nodes.filter((one) => one.issuedAt) : [];
    const heard = facts["kube/listeners"];
    const shown = (heard.status === "collected" ? heard.value.listeners : [])
      .filter(({ component, issuedByClusterCa }) => component === "kubelet" && issuedByClusterCa === true)
      .map(({ node }) => node);
    const withIssued = new Set([...issued.map(({ node }) => node), ...shown]);
    const unseen = names?.filter((name) => !withIssued.has(name));
    const observed = {
      apiServersAlive: view.live ?? "not known",
      checking: view.servers.map((server) => ({ apiServer: server.subject.name, [flag]: setting(server, flag).state })),
      nodes: names?.length ?? "not known",
      nodesWithIssuedCertificate: withIssued.size,
      ...waiting.observed,
      ...(config.status === "collected"
        ? { serverTlsBootstrapAskedFor: config.value.settings.serverTlsBootstrap ?? "not stated" }
        : {}),
    };
    const violations = nonEmpty(
      view.servers
        .filter((server) => !server.handedOn && setting(server, flag).state === "absent")
        .map(
          ({ subject }): Finding => ({
            code: "kubelet-certificates-unchecked",
            subject,
            expected: `--${flag}`,
            actual: "not set",
            message: `${subject.name} takes any certificate for that of a kubelet`,
          }),
        ),
    );
    if (violations)
      return fail("An API server checks no certificate of a kubelet", observed, [...violations, ...waiting.findings]);
    const checking = view.complete && view.servers.every((server) => setting(server, flag).state === "set");
    if (checking && names !== undefined && names.length > 0 && unseen?.length === 0)
      return pass(
        `The cluster issued all ${names.length} kubelets a certificate, and every API server checks`,
        observed,
      );
    const open = checking
      ? `A certificate of ${withIssued.size} of ${names?.length ?? "an unknown number of"} kubelets was seen to be issued`
      : `${view.text}, so whether all check the certificates of kubelets is open`;
    const resolve = 'tier "system" or a declaration';
    const missing = { fact: "kube/kubelet-serving-requests", reason: "not-visible", resolve } as const;
    return undetermined(open, checking ? [missing] : [...view.missing, missing], observed, waiting.findings);
  },
});
