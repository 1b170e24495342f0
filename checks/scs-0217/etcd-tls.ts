import { Type } from "@sinclair/typebox";
import { apiServersByWholeFlags } from "../../src/model/api-server/api-server-flags.ts";
import { defineCheck } from "../../src/model/check.ts";
import { stateStore, unseenMembers } from "../../src/model/etcd/etcd-members.ts";
import { etcdTlsRemediation } from "../../src/model/etcd/etcd-tls-remediation.ts";
import { memberTransport, plainMember, plainServer, serverTransport } from "../../src/model/etcd/etcd-transport.ts";
import { fail, notApplicable, pass, undetermined } from "../../src/model/finding.ts";
import { nonEmpty } from "../../src/model/finding-lists.ts";

export const etcdTls = defineCheck({
  id: "scs-0217/etcd-tls",
  title: {
    pass: "Every etcd member speaks TLS with its clients and its peers",
    fail: "etcd is spoken to without TLS",
  },
  why: "etcd holds every Secret of the cluster; without TLS whoever is on the network between reads them, and writes.",
  looksAt:
    "The schemes of listen-client-urls and listen-peer-urls of every etcd member, and of etcd-servers of every API server that shows its flags.",
  needs: {
    oneOf: [["kube/control-plane-pods", "kube/node-args", "kube/kubeadm-config"]],
    uses: ["kube/nodes", "kube/api-server-instances"],
  },
  parameters: Type.Object({}),
  remediation: etcdTlsRemediation,
  accepted: [
    "What etcd says on listen-metrics-urls is not judged: it serves numbers, no keys.",
    "Plain HTTP that stays on the machine (localhost) leaves it open.",
    "Of an external etcd only the API servers' side is visible.",
  ],
  evaluate({ facts }) {
    const store = stateStore(facts);
    const { servers } = apiServersByWholeFlags(facts);
    const transports = servers.map((server) => ({ apiServer: server.subject.name, etcd: serverTransport(server) }));
    const plain = servers.filter((server) => serverTransport(server) === "plain").map(plainServer);
    const said = { apiServers: transports };
    if (store.kind !== "members") {
      const violations = nonEmpty(plain);
      if (violations) return fail("An API server speaks to etcd without TLS", said, violations);
      if (store.kind === "hidden") return undetermined(store.because, [store.missing], said);
      const sqlite = `The k3s server ${store.node} keeps its state in SQLite, there is no etcd`;
      return notApplicable(sqlite, { server: store.node, etcdRole: false });
    }
    const { members, expected } = store;
    const judged = members.map((member) => ({ member, transport: memberTransport(member) }));
    const observed = {
      ...said,
      membersSeen: members.length,
      membersExpected: expected ?? "not known",
      members: judged.map(({ member, transport }) => ({ member: member.subject.name, ...transport })),
    };
    const violations = nonEmpty([
      ...judged.flatMap(({ member, transport }) => plainMember(member, transport)),
      ...plain,
    ]);
    if (violations) return fail("etcd is spoken to without TLS", observed, violations);
    const seen = `${members.length} of ${expected ?? "an unknown number of"} etcd members`;
    const open =
      judged.some(({ transport }) => transport.clients !== "tls" || transport.peers !== "tls") ||
      transports.some(({ etcd }) => etcd === "loopback");
    const hidden = { fact: "kube/control-plane-pods", reason: "not-visible", resolve: "a declaration" } as const;
    if (open) return undetermined(`${seen} were looked at; not all show that every URL has TLS`, [hidden], observed);
    if (expected !== undefined && members.length >= expected)
      return pass(`All ${members.length} etcd members speak TLS with clients and peers`, observed);
    return undetermined(`${seen} show their flags`, [unseenMembers(facts["kube/nodes"])], observed);
  },
});
