import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { fail, pass, undetermined } from "../../src/model/finding.ts";
import { capped, counted, named, nonEmpty } from "../../src/model/finding-lists.ts";
import { heldUp } from "../../src/model/network/hindered-trial.ts";
import { dualStackRemediation } from "../../src/model/network/ipv6.ts";
import { deadPath, isBinding, isReached, isTried, pathText } from "../../src/model/network/paths.ts";
import { aDeclaration } from "../../src/model/placement/control-plane-nodes.ts";

const fact = "kube/data-path";

export const ipv6DataPath = defineCheck({
  id: "proposed/ipv6-data-path",
  title: {
    pass: "Pods reach pods and Services over IPv6",
    fail: "Pods have IPv6 addresses over which they do not reach each other or Services",
  },
  why: "An IPv6 address that leads nowhere is worse than none: clients try it first.",
  looksAt:
    "From a pod of the run: IPv6 addresses of pods on its node and on another, an IPv6 ClusterIP, a headless Service that has AAAA records alone. A cluster without IPv6 says nothing of what can be ordered.",
  needs: { all: [fact] },
  parameters: Type.Object({}),
  remediation: dualStackRemediation,
  accepted: ["It is tried within the cluster: where this runs needs no IPv6.", "One pair of nodes is tried."],
  evaluate({ facts }) {
    const { hindrance, podFamilies, serviceFamilies, paths } = facts[fact];
    if (hindrance) return heldUp(fact, hindrance);
    const tried = paths.filter(isTried);
    const six = tried.filter(({ family }) => family === "IPv6");
    const dead = six.filter((path) => !isReached(path));
    const observed = { podFamilies, serviceFamilies, tried: six.length, reached: six.length - dead.length };
    const notes = dead.filter((path) => !isBinding(path)).map(deadPath);
    const open = (because: string, resolve: string) =>
      undetermined(because, [{ fact, reason: "not-visible", resolve }], observed, notes);
    if (!podFamilies.includes("IPv6"))
      return undetermined("Pods got no IPv6 address; what can be ordered does not show", [aDeclaration], observed);
    if (!tried.some(isReached))
      return open(
        "Nothing was reached from a pod, over no family: a dead network and a policy for new namespaces look the same",
        "a namespace whose pods may talk to each other",
      );
    const binding = dead.filter(isBinding);
    const failures = nonEmpty(capped(binding.map(deadPath)));
    if (failures)
      return fail(`Not reached over IPv6: ${named(binding.map(pathText), 3)}`, observed, [...failures, ...notes]);
    const lacking = !six.some(({ to }) => to === "service")
      ? "Services got no IPv6 address"
      : six.some(({ placement }) => placement === "other-node")
        ? undefined
        : "All pods were put on one node; between nodes nothing was seen";
    if (lacking !== undefined) return open(lacking, "Services and nodes between which IPv6 can be tried");
    return pass(`${counted(observed.reached, "way")} over IPv6 were reached`, observed, notes);
  },
});
