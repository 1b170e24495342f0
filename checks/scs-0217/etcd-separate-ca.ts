import { Type } from "@sinclair/typebox";
import { apiServersByWholeFlags, setting } from "../../src/model/api-server/api-server-flags.ts";
import { onEveryApiServer } from "../../src/model/api-server/feature-state.ts";
import { defineCheck } from "../../src/model/check.ts";
import { etcdTlsRemediation } from "../../src/model/etcd/etcd-tls-remediation.ts";

const [etcd, clients] = ["etcd-cafile", "client-ca-file"];

export const etcdSeparateCa = defineCheck({
  id: "scs-0217/etcd-separate-ca",
  title: {
    pass: "Every API server trusts etcd by another file of authorities than its own clients",
    fail: "An API server trusts etcd by the same file of authorities as its own clients",
  },
  why: "With one CA for both, every client certificate of the cluster opens etcd as well.",
  looksAt: `Whether ${etcd} and ${clients} of every API server name the same file. Names of files are compared, not what stands in them.`,
  needs: { oneOf: [["kube/control-plane-pods", "kube/node-args"]], uses: ["kube/api-server-instances"] },
  parameters: Type.Object({}),
  remediation: etcdTlsRemediation,
  accepted: ["Two files with the same CA in them are not told apart: the result rests on the files' names."],
  evaluate({ facts }) {
    const view = apiServersByWholeFlags(facts);
    const pods = facts["kube/control-plane-pods"];
    const shared = new Set(
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
          return shared.has(server.subject.name) ? "off" : "on";
        },
        actual: () => "the same file",
        byAnswer: "unknown",
      },
    );
  },
});
