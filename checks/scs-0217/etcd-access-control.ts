import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { countingMembers, unseenCounters } from "../../src/model/etcd/etcd-counters.ts";
import { type Finding, fail, undetermined } from "../../src/model/finding.ts";
import { nonEmpty } from "../../src/model/finding-lists.ts";

export const etcdAccessControl = defineCheck({
  id: "scs-0217/etcd-access-control",
  title: {
    pass: "etcd's access control is enabled",
    fail: "etcd has no user and no role: its access control is off",
  },
  why: "Without access control whoever holds a client certificate of etcd reads and writes all of it.",
  looksAt:
    "The revision of users and roles that each etcd member counts (etcd_debugging_auth_revision): it is 1 until the first of them is made, and without any access control cannot be enabled.",
  needs: { all: ["kube/etcd-metrics"] },
  parameters: Type.Object({}),
  remediation: {
    text: "Make a user `root` and roles in etcd, one for the common name of the API server's certificate, then `etcdctl auth enable`. Kubernetes needs all keys below /registry: agree with the standard's authors whether this is meant before you do.",
    platforms: {
      gardener: "The operator runs etcd: ask for a declaration.",
      hosted: "The datastore is outside the cluster: set it there, and declare it.",
      managed: "The provider runs etcd: ask for a declaration.",
    },
  },
  accepted: ["That users and roles were made does not show that access control is on: this never passes by itself."],
  evaluate({ facts }) {
    const { members } = countingMembers(facts["kube/etcd-metrics"]);
    const seen = members.flatMap(({ node, subject, latest: { authRevision } }) =>
      authRevision === undefined ? [] : [{ node, subject, authRevision }],
    );
    const observed = { members: seen.map(({ node, authRevision }) => ({ node, authRevision })) };
    const violations = nonEmpty(
      seen.flatMap(({ node, subject, authRevision }): readonly Finding[] =>
        authRevision === 1
          ? [
              {
                code: "etcd-access-control-off",
                subject,
                expected: "users and roles in etcd",
                actual: "none was ever made",
                message: `etcd on ${node} never had a user or a role`,
              },
            ]
          : [],
      ),
    );
    if (violations) return fail("No user or role was ever made in etcd: access control is off", observed, violations);
    const declared = { fact: "kube/etcd-metrics", reason: "not-visible", resolve: "a declaration" } as const;
    if (seen.length === 0)
      return undetermined("etcd does not count users and roles", [unseenCounters, declared], observed);
    return undetermined(
      "Users or roles were made in etcd; whether access control is on does not show",
      [declared],
      observed,
    );
  },
});
