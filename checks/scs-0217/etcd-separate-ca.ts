import { Type } from "@sinclair/typebox";
import { apiServersByWholeFlags, setting } from "../../src/model/api-server/api-server-flags.ts";
import { onEveryApiServer } from "../../src/model/api-server/feature-state.ts";
import { defineCheck } from "../../src/model/check.ts";
import { type ReachedEtcd, reachedEtcds } from "../../src/model/etcd/etcd-listeners.ts";
import { etcdTlsRemediation } from "../../src/model/etcd/etcd-tls-remediation.ts";
import { type Finding, fail } from "../../src/model/finding.ts";
import { nonEmpty } from "../../src/model/finding-lists.ts";

const [etcd, clients] = ["etcd-cafile", "client-ca-file"];

export const etcdSeparateCa = defineCheck({
  id: "scs-0217/etcd-separate-ca",
  title: {
    pass: "Every API server trusts etcd by another file of authorities than its own clients",
    fail: "An API server trusts etcd by the same file of authorities as its own clients",
  },
  why: "With one CA for both, every client certificate of the cluster opens etcd as well.",
  looksAt: `Whether ${etcd} and ${clients} of every API server name the same file: names are compared, not what stands in them. At tier system also who has signed the certificate that etcd shows.`,
  needs: {
    oneOf: [["kube/control-plane-pods", "kube/node-args", "kube/listeners"]],
    uses: ["kube/api-server-instances"],
  },
  parameters: Type.Object({}),
  remediation: etcdTlsRemediation,
  accepted: [
    "Two files with the same CA in them are told apart by their names alone, unless etcd itself was reached.",
    "That etcd's own certificate comes from another CA does not show whose clients it lets in: alone it never passes.",
  ],
  evaluate({ facts }) {
    const view = apiServersByWholeFlags(facts);
    const reached = reachedEtcds(facts["kube/listeners"]);
    const issuers = reached.map(({ node, issuedByClusterCa }) => ({
      node,
      byClusterCa: issuedByClusterCa ?? "not known",
    }));
    const shared = nonEmpty(reached.filter(({ issuedByClusterCa }) => issuedByClusterCa === true).map(ofClusterCa));
    if (shared) return fail("The cluster's own CA has signed etcd's certificate", { etcd: issuers }, shared);
    const pods = facts["kube/control-plane-pods"];
    const sharing = new Set(
      pods.status === "collected"
        ? pods.value.pods
            .filter(({ sharedFiles = [] }) =>
              sharedFiles.some((group) => group.includes(etcd) && group.includes(clients)),
            )
            .map(({ name }) => name)
        : [],
    );
    return onEveryApiServer(
      view,
      {
        name: "A file of authorities for etcd alone",
        code: "etcd-shares-ca",
        expected: `--${etcd} with another file than --${clients}`,
      },
      {
        byFlags: (server) => {
          const both = [etcd, clients].every((flag) => setting(server, flag).state === "set");
          if (!both || server.handedOn) return "unknown";
          return sharing.has(server.subject.name) ? "off" : "on";
        },
        actual: () => "the same file",
        byAnswer: "unknown",
        ...(issuers.length === 0 ? {} : { observed: { etcd: issuers } }),
      },
    );
  },
});

function ofClusterCa({ node }: ReachedEtcd): Finding {
  return {
    code: "etcd-shares-ca",
    subject: { kind: "Node", name: node },
    expected: "a certificate of a CA for etcd alone",
    actual: "issued by the cluster's CA",
    message: `The certificate of etcd on ${node} was issued by the CA that issues the cluster's own`,
  };
}
