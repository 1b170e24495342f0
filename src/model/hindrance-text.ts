/** What kept a run from trying something, in words, and what would let it. */
import type { Hindrance, HindranceKind } from "./facts/hindrance.ts";
import type { ProbedFactId } from "./facts/index.ts";
import type { Missing } from "./finding.ts";

const kinds: { readonly [K in HindranceKind]: { readonly says: string; readonly resolve: string } } = {
  quota: { says: "a quota refuses it", resolve: "a quota that leaves room for it" },
  "limit-range": { says: "a LimitRange refuses it", resolve: "a LimitRange that allows pods and claims as small" },
  "pod-security": { says: "Pod Security admission refuses it", resolve: "a namespace whose level admits it" },
  policy: { says: "a policy refuses it", resolve: "a policy that admits it" },
  unschedulable: { says: "no node takes its pod", resolve: "a node that takes its pod" },
  "volume-affinity": {
    says: "no other node that the volume can be used on takes its pod",
    resolve: "another node that the volume can be used on",
  },
  image: { says: "the image of its pod cannot be had", resolve: "an image that the nodes can have (`--image`)" },
  provisioning: { says: "no volume is made", resolve: "a driver that makes the class's volumes" },
  mount: { says: "the volume does not come to the node", resolve: "a node that the volume comes to" },
  container: {
    says: "the command in its pod fails",
    resolve: "an image with a shell, and a volume that its user may write to",
  },
  "made-by-hand": {
    says: "its class has volumes that somebody made, one of which the claim would take",
    resolve: "a class that makes its volumes",
  },
  timeout: { says: "it did not end in time", resolve: "a cluster that does it in time" },
  other: { says: "it was refused", resolve: "a cluster that accepts it" },
};

/** `a quota refuses it (exceeded quota ...)`. */
export function hindranceText({ by, said }: Hindrance): string {
  const words = said.replace(/\.+$/, "");
  return words === "" ? kinds[by].says : `${kinds[by].says} (${words})`;
}

export function hindranceMissing(fact: ProbedFactId, { by }: Hindrance): Missing {
  return { fact, reason: "not-visible", resolve: kinds[by].resolve };
}
