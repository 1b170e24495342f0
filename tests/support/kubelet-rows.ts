/** Rows that the table of every rule about a setting of kubelets has: where it may be seen, and when that counts. */
import type { KubeletSettings } from "../../src/model/facts/kubelet.ts";
import { type CheckRow, unavailable } from "./check-table.ts";
import { controlPlane, flags, givenKubelets, identity, nodes, serverNode, worker } from "./facts.ts";
import { runningKubelet, runningKubelets } from "./running-facts.ts";

/** A setting's value as the argument of k3s and RKE2 has it, and as a kubelet tells it. */
interface Stated {
  readonly argument: string;
  readonly settings: KubeletSettings;
}

export interface KubeletSetting {
  /** Name of the argument. */
  readonly argument: string;
  readonly good: Stated;
  readonly bad: Stated;
  /** Code of the finding. */
  readonly code: string;
}

const everyKubelet =
  "the configuration of every kubelet (tier system, or a result of Sonobuoy in `--conformance-results FILE`) or a declaration";

export const twoServers = nodes(controlPlane("a"), controlPlane("b"));

export function kubeletRows({ argument, good, bad, code }: KubeletSetting): readonly CheckRow[] {
  const server = (node: string, stated?: Stated) =>
    serverNode("k3s", node, stated === undefined ? {} : { kubelet: flags({ [argument]: stated.argument }) });
  const servers = (...list: ReturnType<typeof server>[]) => ({ "kube/node-args": { nodes: list } });
  const asked = (settings: KubeletSettings) => ({
    "kube/kubelet-configuration": { source: "kubelet-config" as const, settings },
    ...servers(),
  });
  const two = { "kube/nodes": twoServers };
  const withWorker = { "kube/nodes": nodes(controlPlane("a"), worker("b")) };
  return [
    {
      name: "stated on every node",
      facts: { ...servers(server("a", good), server("b", good)), ...two },
      outcome: "pass",
    },
    {
      name: "one node has it otherwise and is named",
      facts: { ...servers(server("a", good), server("b", bad)), ...two },
      outcome: "fail",
      findings: [code],
      because: /: b$/,
    },
    {
      name: "one seen otherwise decides, whatever the others have",
      facts: { ...servers(server("a", bad)), ...withWorker },
      outcome: "fail",
    },
    {
      name: "a worker shows nothing",
      facts: { ...servers(server("a", good)), ...withWorker },
      outcome: "undetermined",
      because: /^1 of 2/,
    },
    {
      name: "the distribution's default is not taken for seen",
      facts: { ...servers(server("a")), "kube/nodes": nodes(controlPlane("a")) },
      outcome: "undetermined",
    },
    {
      name: "kubeadm asks for the right thing",
      facts: { ...asked(good.settings), ...two },
      outcome: "undetermined",
      findings: [],
      missing: [everyKubelet],
    },
    {
      name: "kubeadm asks for the wrong thing: named, for no kubelet was seen",
      facts: { ...asked(bad.settings), ...two },
      outcome: "undetermined",
      findings: [code],
    },
    { name: "kubeadm does not say", facts: { ...asked({}), ...two }, outcome: "undetermined", findings: [] },
    {
      name: "every kubelet as a result of this cluster shows it",
      facts: { ...givenKubelets(["a", "b"], good.settings), ...two },
      outcome: "pass",
      observed: { sources: ["result of 2026-11-21T10:00:00Z"] },
    },
    {
      name: "one of them otherwise",
      facts: { ...givenKubelets(["a"], bad.settings), ...two },
      outcome: "fail",
      because: /: a$/,
    },
    {
      name: "a result of another cluster is named and not used",
      facts: {
        ...givenKubelets(["a", "b"], bad.settings),
        ...two,
        "kube/identity": identity("2026-01-01T00:00:00Z", "other"),
      },
      outcome: "undetermined",
      because: /it is of another cluster$/,
    },
    {
      name: "a result that names no cluster counts for exactly these nodes",
      facts: { ...givenKubelets(["a", "b"], good.settings, null), ...two },
      outcome: "pass",
    },
    {
      name: "and not for others",
      facts: { ...givenKubelets(["a", "b", "c"], bad.settings, null), ...two },
      outcome: "undetermined",
      because: /of another cluster/,
    },
    {
      name: "whose kubelets they are takes the cluster's uid",
      facts: { ...givenKubelets(["a"], bad.settings), ...two, "kube/identity": unavailable("forbidden", "x") },
      outcome: "undetermined",
      because: /uid is not known$/,
    },
    {
      name: "a node made after the run only has the name of one that was looked at",
      facts: {
        ...givenKubelets(["a", "b"], good.settings),
        "kube/nodes": nodes(controlPlane("a"), controlPlane("b", {}, { createdAt: "2026-11-22T10:00:00Z" })),
      },
      outcome: "undetermined",
      because: /^1 of 2/,
    },
    {
      name: "nobody knows how many nodes there are",
      facts: { ...servers(server("a", good)), "kube/nodes": unavailable("forbidden", "the right to list nodes") },
      outcome: "undetermined",
      missing: ["the right to list nodes", everyKubelet],
    },
    {
      name: "every kubelet says so of itself",
      facts: { "kube/running-kubelets": runningKubelets(runningKubelet("a"), runningKubelet("b")), ...two },
      outcome: "pass",
      observed: { sources: ["its /configz"] },
    },
    {
      name: "one says otherwise of itself",
      facts: {
        "kube/running-kubelets": runningKubelets(runningKubelet("a"), runningKubelet("b", bad.settings)),
        ...two,
      },
      outcome: "fail",
      findings: [code],
      because: /: b$/,
    },
    {
      name: "what it runs with decides over an older result",
      facts: {
        ...givenKubelets(["a", "b"], bad.settings),
        "kube/running-kubelets": runningKubelets(runningKubelet("a"), runningKubelet("b")),
        ...two,
      },
      outcome: "pass",
    },
    { name: "no nodes at all", facts: { ...servers(), "kube/nodes": nodes() }, outcome: "undetermined" },
  ];
}
