import { Type } from "@sinclair/typebox";
import { setting, settingText } from "../../src/model/api-server/api-server-flags.ts";
import { defineCheck } from "../../src/model/check.ts";
import { type ReachedEtcd, reachedEtcds } from "../../src/model/etcd/etcd-listeners.ts";
import { expectedMembers, stateStore, unseenMembers } from "../../src/model/etcd/etcd-members.ts";
import { etcdTlsRemediation } from "../../src/model/etcd/etcd-tls-remediation.ts";
import { showsSettings } from "../../src/model/etcd/etcd-transport.ts";
import { type Finding, fail, notApplicable, pass, undetermined } from "../../src/model/finding.ts";
import { nonEmpty } from "../../src/model/finding-lists.ts";

const flag = "client-cert-auth";
const on = /^(true|t|1)$/i;

export const etcdClientCertificates = defineCheck({
  id: "scs-0217/etcd-client-certificates",
  title: {
    pass: "Every etcd member asks its clients for a certificate",
    fail: "An etcd member lets clients in without a certificate",
  },
  why: "Whoever reaches an etcd that asks for no certificate reads and writes the whole state of the cluster.",
  looksAt: `At tier system: whether every member lets in a client that shows no certificate. Where that was not tried, the flag ${flag} of every etcd member: static pods, or what k3s and RKE2 hand on to etcd.`,
  needs: {
    oneOf: [["kube/control-plane-pods", "kube/node-args", "kube/kubeadm-config", "kube/listeners"]],
    uses: ["kube/nodes"],
  },
  parameters: Type.Object({}),
  remediation: etcdTlsRemediation,
  accepted: [
    "That certificates are asked for is judged. Which rights a common name has is etcd's access control, a requirement of its own.",
  ],
  evaluate({ facts }) {
    const store = stateStore(facts);
    const reached = reachedEtcds(facts["kube/listeners"]);
    const tried = { tried: reached.map(({ node, text }) => ({ node, etcd: text })) };
    const open = nonEmpty(reached.filter(({ door }) => door === "open").map(openDoor));
    if (open) return fail("An etcd member lets clients in without a certificate", tried, open);
    const closed = new Set(reached.filter(({ door }) => door === "closed").map(({ node }) => node));
    const everywhere = expectedMembers(facts["kube/nodes"]);
    if (everywhere !== undefined && closed.size >= everywhere)
      return pass(`All ${closed.size} etcd members refused a client that showed no certificate`, tried);
    if (store.kind === "hidden") return undetermined(store.because, [store.missing], tried);
    if (store.kind === "sqlite") {
      const because = `The k3s server ${store.node} keeps its state in SQLite, there is no etcd`;
      return notApplicable(because, { server: store.node, etcdRole: false });
    }
    const { members, expected } = store;
    // what a member did goes before what its command line says
    const found = members
      .filter(({ node }) => node === undefined || !closed.has(node))
      .map((member) => {
        const hidesFlags = member.hidesFlags || !showsSettings(member);
        return { member, found: setting({ flags: member.flags, hidesFlags }, flag) };
      });
    const observed = {
      ...(reached.length === 0 ? {} : tried),
      membersSeen: members.length,
      membersExpected: expected ?? "not known",
      members: found.map(({ member, found: one }) => ({ member: member.subject.name, [flag]: settingText(one) })),
    };
    const violations = nonEmpty(
      found.flatMap(({ member: { subject }, found: one }): readonly Finding[] =>
        one.state === "absent" || (one.state === "set" && one.value !== undefined && !on.test(one.value))
          ? [
              {
                code: "etcd-without-client-certificates",
                subject,
                expected: `--${flag}=true`,
                actual: settingText(one),
                message: `etcd ${subject.name} asks its clients for no certificate`,
              },
            ]
          : [],
      ),
    );
    if (violations) return fail("An etcd member asks its clients for no certificate", observed, violations);
    const seen = `${members.length} of ${expected ?? "an unknown number of"} etcd members`;
    if (found.some(({ found: one }) => one.state !== "set" || one.value === undefined)) {
      const hidden = { fact: "kube/control-plane-pods", reason: "not-visible", resolve: "a declaration" } as const;
      return undetermined(
        `${seen} were looked at; settings outside etcd's command line are not visible`,
        [hidden],
        observed,
      );
    }
    if (expected !== undefined && members.length >= expected)
      return pass(`All ${members.length} etcd members ask their clients for a certificate`, observed);
    return undetermined(`${seen} show their flags`, [unseenMembers(facts["kube/nodes"])], observed);
  },
});

function openDoor({ node, text }: ReachedEtcd): Finding {
  return {
    code: "etcd-without-client-certificates",
    subject: { kind: "Node", name: node },
    expected: "a certificate asked for and required",
    actual: text,
    message: `etcd on ${node} ${text}`,
  };
}
