import { Type } from "@sinclair/typebox";
import { setting, settingText } from "../../src/model/api-server/api-server-flags.ts";
import { defineCheck } from "../../src/model/check.ts";
import { judgeCompaction } from "../../src/model/etcd/etcd-compaction.ts";
import { stateStore, unseenMembers } from "../../src/model/etcd/etcd-members.ts";
import { etcdCompactionRemediation } from "../../src/model/etcd/etcd-remediation.ts";
import { fail, notApplicable, pass, undetermined } from "../../src/model/finding.ts";
import { nonEmpty } from "../../src/model/finding-lists.ts";

export const etcdCompaction = defineCheck({
  id: "scs-0215/etcd-compaction",
  title: {
    pass: "Every etcd member compacts its history as asked for",
    fail: "An etcd member does not compact its history as asked for",
  },
  why: "Without compaction etcd's history grows until the database is full and the cluster read-only.",
  looksAt:
    "The flags auto-compaction-mode and auto-compaction-retention of every etcd member: static pods, or what k3s and RKE2 hand on to etcd; where none is visible, what the management cluster has written for all of them and rolled out.",
  needs: {
    oneOf: [["kube/control-plane-pods", "kube/node-args", "kube/kubeadm-config", "management/control-plane"]],
    uses: ["kube/nodes"],
  },
  parameters: Type.Object({
    mode: Type.String({ default: "periodic", description: "value of auto-compaction-mode" }),
    retention: Type.String({
      default: "8h",
      description: "value of auto-compaction-retention, compared as a duration",
    }),
  }),
  remediation: etcdCompactionRemediation,
  accepted: [
    "kube-apiserver compacts every five minutes by itself, so the purpose is met without these flags; the letter is judged.",
    "auto-compaction-mode is periodic by default: leaving it out is named and accepted.",
    "Settings of etcd by environment variable (ETCD_AUTO_COMPACTION_...) are not seen.",
  ],
  evaluate({ facts, parameters }) {
    const store = stateStore(facts);
    if (store.kind === "hidden") return undetermined(store.because, [store.missing]);
    if (store.kind === "sqlite")
      return notApplicable(`The k3s server ${store.node} keeps its state in SQLite, there is no etcd`, {
        server: store.node,
        clusterInit: false,
        datastoreEndpoint: false,
        etcdRole: false,
      });
    const { members, expected } = store;
    const judged = members.map((member) => judgeCompaction(member, parameters.mode, parameters.retention));
    const observed = {
      membersSeen: members.length,
      membersExpected: expected ?? "not known",
      members: members.map((member, index) => ({
        member: member.subject.name,
        mode: settingText(setting(member, "auto-compaction-mode")),
        retention: settingText(setting(member, "auto-compaction-retention")),
        verdict: judged[index]?.verdict ?? "open",
      })),
    };
    const notes = judged.flatMap(({ findings }) => findings);
    const wrong = nonEmpty(judged.flatMap(({ verdict, findings }) => (verdict === "wrong" ? findings : [])));
    if (wrong)
      return fail(
        `etcd is not set to ${parameters.mode} compaction with ${parameters.retention} on every member`,
        observed,
        wrong,
      );
    const seen = `${members.length} of ${expected ?? "an unknown number of"} etcd members`;
    if (judged.some(({ verdict }) => verdict === "open")) {
      const missing = { fact: "kube/control-plane-pods", reason: "not-visible", resolve: "a declaration" } as const;
      return undetermined(
        `${seen} were looked at; settings in etcd's configuration file are not visible`,
        [missing],
        observed,
        notes,
      );
    }
    if (expected !== undefined && members.length >= expected)
      return pass(
        `${store.whole ?? `All ${members.length} etcd members`} are set to ${parameters.mode} compaction with ${parameters.retention}`,
        observed,
        notes,
      );
    return undetermined(`${seen} show their flags`, [unseenMembers(facts["kube/nodes"])], observed, notes);
  },
});
