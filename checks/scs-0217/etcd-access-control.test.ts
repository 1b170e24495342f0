import { describeCheck } from "../../tests/support/check-table.ts";
import { etcdLook, etcdMetrics } from "../../tests/support/running-facts.ts";
import { etcdAccessControl } from "./etcd-access-control.ts";

const given = (...revisions: (number | undefined)[]) => ({
  "kube/etcd-metrics": etcdMetrics(
    ...revisions.map((authRevision) => etcdLook(authRevision === undefined ? {} : { authRevision })),
  ),
});

describeCheck(
  etcdAccessControl,
  ["fail", "undetermined"],
  [
    { name: "nothing was ever made", facts: given(1), outcome: "fail", findings: ["etcd-access-control-off"] },
    { name: "on all three members", facts: given(1, 1, 1), outcome: "fail" },
    {
      name: "something was made",
      facts: given(7),
      outcome: "undetermined",
      missing: ["a declaration"],
      because: /does not show$/,
    },
    { name: "not counted", facts: given(undefined), outcome: "undetermined" },
  ],
);
