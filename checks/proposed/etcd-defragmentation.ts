import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { countingMembers, unseenCounters } from "../../src/model/etcd/etcd-counters.ts";
import { etcdSizeRemediation } from "../../src/model/etcd/etcd-remediation.ts";
import { type Finding, fail, pass, undetermined } from "../../src/model/finding.ts";
import { nonEmpty } from "../../src/model/finding-lists.ts";

const mebibyte = 1024 * 1024;

export const etcdDefragmentation = defineCheck({
  id: "proposed/etcd-defragmentation",
  title: {
    pass: "Most of every etcd member's database is in use",
    fail: "Most of an etcd member's database is free space",
  },
  why: "Free space inside the file counts towards the quota, and only defragmentation gives it back.",
  looksAt: "The size of the database and how much of it is in use, as each etcd member says itself.",
  needs: { all: ["kube/etcd-metrics"] },
  parameters: Type.Object({
    mostFreePercent: Type.Number({ default: 50, description: "share of the database that may be free" }),
    leastMebibytes: Type.Number({ default: 100, description: "a smaller database is not judged by its share" }),
  }),
  remediation: etcdSizeRemediation,
  accepted: ["A small database grows and shrinks by its nature: below the least size it passes."],
  evaluate({ facts, parameters: { mostFreePercent, leastMebibytes } }) {
    const { members, complete } = countingMembers(facts["kube/etcd-metrics"]);
    const told = members.flatMap(({ node, subject, latest: { databaseBytes, databaseBytesInUse } }) =>
      databaseBytes === undefined || databaseBytesInUse === undefined || databaseBytes === 0
        ? []
        : [{ node, subject, databaseBytes, freePercent: Math.floor((1 - databaseBytesInUse / databaseBytes) * 100) }],
    );
    const observed = {
      members: told.map(({ node, databaseBytes, freePercent }) => ({ node, databaseBytes, freePercent })),
    };
    const violations = nonEmpty(
      told
        .filter((one) => one.databaseBytes >= leastMebibytes * mebibyte && one.freePercent > mostFreePercent)
        .map(({ node, subject, freePercent }): Finding => {
          const message = `${freePercent} % of etcd's database on ${node} is free space`;
          const [expected, actual] = [`at most ${mostFreePercent} %`, `${freePercent} %`];
          return { code: "etcd-mostly-free", subject, expected, actual, message };
        }),
    );
    if (violations) return fail(violations[0].message, observed, violations);
    if (complete && told.length > 0 && told.length === members.length)
      return pass(`Of the database of all ${told.length} members no more than allowed is free space`, observed);
    return undetermined(`${told.length} members show how much is in use`, [unseenCounters], observed);
  },
});
