import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { fail, pass, undetermined } from "../../src/model/finding.ts";
import { capped, counted, named, nonEmpty } from "../../src/model/finding-lists.ts";
import { heldUp } from "../../src/model/network/hindered-trial.ts";
import { deadPath, isBinding, isReached, isTried, pathText } from "../../src/model/network/paths.ts";

const fact = "kube/data-path";

export const dataPath = defineCheck({
  id: "proposed/data-path",
  title: {
    pass: "Pods reach pods and Services over every address family they have",
    fail: "Pods do not reach some pods or Services",
  },
  why: "Workloads are put on any node and talk over any family they have: a way that is dead shows as an error of theirs.",
  looksAt:
    "From a pod of the run, by TCP and UDP: pods on its node and on another, a ClusterIP, a headless Service by name, a node port of its own node, each over every address family.",
  needs: { all: [fact] },
  parameters: Type.Object({}),
  remediation: {
    text: "Look at the network plugin's agents and kube-proxy on the nodes concerned: routes or tunnels between nodes, for each family, and what firewalls between nodes leave out.",
    platforms: {
      "cluster-api":
        "OpenStack: security groups between nodes, and allowed address pairs or a tunnel for the ranges of pods, for each family.",
    },
  },
  accepted: [
    "One pair of nodes is tried, not every one.",
    "A node port that is not reached is shown and does not fail: on which addresses they listen is for the cluster to choose.",
    "Where nothing at all is reached, policies that the provider puts into new namespaces look the same as a dead network.",
  ],
  evaluate({ facts }) {
    const { hindrance, podFamilies, serviceFamilies, paths } = facts[fact];
    if (hindrance) return heldUp(fact, hindrance);
    const tried = paths.filter(isTried);
    const dead = tried.filter((path) => !isReached(path));
    const binding = dead.filter(isBinding);
    const placements = [...new Set(tried.map(({ placement }) => placement))].sort();
    const observed = {
      podFamilies,
      serviceFamilies,
      placements,
      tried: tried.length,
      reached: tried.length - dead.length,
    };
    const notes = dead.filter((path) => !isBinding(path)).map(deadPath);
    const open = (because: string, resolve: string) =>
      undetermined(because, [{ fact, reason: "not-visible", resolve }], observed, notes);
    if (!tried.some(isReached))
      return open(
        "Nothing was reached from a pod: a dead network and a policy for new namespaces look the same",
        "a namespace whose pods may talk to each other",
      );
    const failures = nonEmpty(capped(binding.map(deadPath)));
    if (failures) return fail(`Not reached: ${named(binding.map(pathText), 3)}`, observed, [...failures, ...notes]);
    if (!placements.includes("other-node"))
      return open("All pods were put on one node; between nodes nothing was seen", "a second node that takes pods");
    return pass(`${counted(observed.reached, "way")} over ${podFamilies.join(" and ")} were reached`, observed, notes);
  },
});
