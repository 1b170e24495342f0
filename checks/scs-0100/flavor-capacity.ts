import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import type { NodeRecord } from "../../src/model/facts/nodes.ts";
import { type Finding, fail, notApplicable, pass, undetermined } from "../../src/model/finding.ts";
import { capped, counted, named, nonEmpty } from "../../src/model/finding-lists.ts";
import { nodeShortfalls, type Shortfall } from "../../src/model/flavors/flavor-capacity.ts";
import { type NodeFlavor, nodeFlavors } from "../../src/model/flavors/instance-types.ts";
import { type Offer, type OfferedName, offerOf } from "../../src/model/flavors/offer-names.ts";

const ofTheCloud = { fact: "kube/nodes", reason: "not-visible", resolve: "the cloud's list of flavors" } as const;

export const flavorCapacity = defineCheck({
  id: "scs-0100/flavor-capacity",
  title: {
    pass: "Every SCS flavor that is seen has at least what its name says",
    fail: "A flavor's name says more than there is, or is no name of the standard",
  },
  why: "Who orders SCS-4V-16 relies on four CPUs and 16 GiB in every cloud.",
  looksAt:
    "The instance-type label of nodes where it begins with SCS-: its syntax, and CPUs, memory and scratch filesystem of the node against it. Where the cloud is given, CPUs, memory and disk of all its SCS flavors. More than promised is allowed.",
  needs: { all: ["kube/nodes"], uses: ["cloud/flavors"] },
  parameters: Type.Object({}),
  remediation: {
    text: "Give the flavor the name of what it has, or give it what its name says; names that do not begin with SCS- are free.",
  },
  accepted: [
    "Firmware and kernel keep memory for themselves: up to 5 % and 128 MiB less counts as all of it, and only 10 % and 256 MiB less disproves the name.",
    "A filesystem that is smaller than the flavor's disk may be a partition or a volume, so it disproves nothing.",
    "What a node shows a little less of counts as whole where the cloud's own list says that the flavor has it.",
    "What kind of CPUs and disks there are, and what else the name promises, a node does not show.",
  ],
  evaluate({ facts }) {
    const nodes = facts["kube/nodes"].nodes;
    const flavors = nodeFlavors(nodes);
    const offer = offerOf(facts["cloud/flavors"]);
    const offered = [...(offer?.named.values() ?? [])];
    const observed = {
      nodes: nodes.length,
      nodesWithScsFlavor: flavors.named.length,
      flavors: [...new Set(flavors.named.map(({ name }) => name))].sort().slice(0, 20),
      otherInstanceTypes: flavors.others.slice(0, 20),
      nodesWithoutInstanceType: flavors.unlabelled,
      ...(offer ? { scsFlavorsOffered: offered.length } : {}),
    };
    if (flavors.named.length === 0 && offered.length === 0) {
      if (nodes.length > flavors.unlabelled)
        return notApplicable(`The instance types do not begin with SCS-: ${named(flavors.others)}`, observed);
      return undetermined("No node names its instance type", [ofTheCloud], observed);
    }
    const judged = flavors.named.map((flavor) => ({ ...flavor, problems: problemsOf(flavor, offer) }));
    const ofNodes = judged.flatMap(({ problems }) => problems.filter(({ code }) => !isOpen(code)));
    const wrong = nonEmpty(capped([...ofNodes, ...offered.flatMap(offeredProblems)]));
    if (wrong)
      return fail(`${wrong[0].message}${wrong.length > 1 ? `, and ${wrong.length - 1} more` : ""}`, observed, wrong);
    const notes = capped(judged.flatMap(({ problems }) => problems));
    const silent = judged.filter(({ node, name }) => !isWhole(node) && !offer?.named.has(name)).length;
    if (silent > 0)
      return undetermined(`${counted(silent, "node")} did not report CPUs and memory`, [ofTheCloud], observed, notes);
    if (notes.length > 0)
      return undetermined(
        `${counted(notes.length, "value")} are below the names, as far as a node shows them`,
        [ofTheCloud],
        observed,
        notes,
      );
    const list = offer ? ` and all ${offered.length} SCS flavors of the cloud` : "";
    return pass(`All ${flavors.named.length} nodes with an SCS flavor${list} have what its name says`, observed);
  },
});

const isOpen = (code: string): boolean => code === "perhaps-less-than-named" || code === "more-of-the-same";

const isWhole = ({ capacity }: NodeRecord): boolean =>
  capacity?.cpu !== undefined && capacity.memoryBytes !== undefined;

/** What the cloud's list has in full, a node may show a little less of. */
function problemsOf({ node, name, read }: NodeFlavor, offer: Offer | undefined): readonly Finding[] {
  const subject = { kind: "Node", name: node.name };
  if (read.kind === "invalid") {
    const message = `${name} of node ${node.name} is no name of scs-0100-v3: ${read.because}`;
    return [{ code: "flavor-name-invalid", subject, expected: "a name of scs-0100-v3", actual: name, message }];
  }
  const listed = offer?.named.get(name)?.less.length === 0;
  const shortfalls = nodeShortfalls(read.flavor, node.capacity ?? {}).filter(
    ({ verdict }) => verdict === "less" || !listed,
  );
  return shortfalls.map((shortfall) => ({
    code: shortfall.verdict === "less" ? "less-than-named" : "perhaps-less-than-named",
    subject,
    expected: shortfall.promised,
    actual: shortfall.found,
    message: messageOf(shortfall, name, node.name),
  }));
}

function offeredProblems({ name, read, less }: OfferedName): readonly Finding[] {
  if (read.kind !== "invalid") return less;
  const message = `${name} is no name of scs-0100-v3: ${read.because}`;
  const subject = { kind: "Flavor", name };
  return [{ code: "flavor-name-invalid", subject, expected: "a name of scs-0100-v3", actual: name, message }];
}

function messageOf({ part, promised, found }: Shortfall, name: string, node: string): string {
  const what = { cpus: "CPUs", memory: "memory", disk: "scratch filesystem" }[part];
  return `Node ${node} has ${found} (${what}), its flavor ${name} says ${promised}`;
}
