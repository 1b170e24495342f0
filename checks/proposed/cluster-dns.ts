import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { type Finding, fail, pass, undetermined } from "../../src/model/finding.ts";
import { counted, named, nonEmpty } from "../../src/model/finding-lists.ts";
import { heldUp } from "../../src/model/network/hindered-trial.ts";
import { isReached } from "../../src/model/network/paths.ts";

const fact = "kube/data-path";

export const clusterDns = defineCheck({
  id: "proposed/cluster-dns",
  title: {
    pass: "Pods resolve names of Services, short and in full",
    fail: "Pods do not resolve names of Services",
  },
  why: "Workloads find each other by names of Services; manifests rely on the short forms.",
  looksAt:
    "From a pod of the run: a Service by its name alone, with namespace, with svc, in full, and kubernetes.default; headless Services of one family each, so by A and by AAAA records.",
  needs: { all: [fact] },
  parameters: Type.Object({}),
  remediation: {
    text: "Look at the cluster's DNS (usually CoreDNS behind the Service kube-dns) and at `clusterDNS` and `clusterDomain` in the kubelets' configuration: they make the resolver of every pod.",
    platforms: {
      kubeadm: "`kubectl -n kube-system get deployment coredns`; kubeadm installs it as an add-on.",
      rke2: "`rke2-coredns` is installed unless `disable: rke2-coredns` is set in /etc/rancher/rke2/config.yaml.",
      k3s: "CoreDNS is installed unless the servers run with `--disable=coredns`.",
    },
  },
  accepted: [
    "Names outside the cluster are not asked for.",
    "Where no pod reaches any other, a policy for new namespaces may keep lookups in as well: undetermined.",
  ],
  evaluate({ facts }) {
    const { hindrance, names, paths, searchDomains } = facts[fact];
    if (hindrance) return heldUp(fact, hindrance);
    const headless = paths.filter(({ to }) => to === "headless-name");
    const unresolved = [
      ...names.filter(({ resolved }) => !resolved).map(({ written }) => written as string),
      ...headless.filter(({ answer }) => answer === "no-name").map(({ family }) => `headless over ${family}`),
    ];
    const count = names.length + headless.length;
    const observed = { names: count, resolved: count - unresolved.length, searchDomains };
    const open = (because: string, resolve: string) =>
      undetermined(because, [{ fact, reason: "not-visible", resolve }], observed);
    if (unresolved.length === count && !paths.some(isReached))
      return open(
        "No name was resolved, and nothing else was reached either",
        "a namespace whose pods may talk to each other",
      );
    const failures = nonEmpty(unresolved.map(unresolvedName));
    if (failures) return fail(`Not resolved in a pod: ${named(unresolved)}`, observed, failures);
    return names.some(({ written }) => written === "service")
      ? pass(`All of ${counted(count, "name")} were resolved in a pod`, observed)
      : open("No Service could be made whose name might be resolved", "a Service of the run");
  },
});

function unresolvedName(name: string): Finding {
  const subject = { kind: "Service", name };
  const message = `The name was not resolved in a pod: ${name}`;
  return { code: "name-not-resolved", subject, expected: "resolved", actual: "no such name", message };
}
