/** The image of the run's pods: the one that was named, ours, or one that is on the nodes already. */
import type { PodImage } from "../../model/acting.ts";
import { imageOnNodes } from "../../model/acting-rights.ts";
import type { ClusterReader } from "../../model/cluster.ts";
import { type Reading, read, unread } from "../../model/fact.ts";
import { isJsonObject } from "../../model/json.ts";

/** registry.k8s.io/e2e-test-images, the image that the upstream e2e tests use; the digest is that of its index for all platforms. */
export const usualImage =
  "registry.k8s.io/e2e-test-images/agnhost:2.53@sha256:99c6b4bb4a1e1df3f0b3752168c89358794d02258ebebc26bf21c29399011a85";

/** Host, path and tag in the characters that references have, at a length that is one. */
const reference = /^[a-z0-9][a-zA-Z0-9._:/-]{0,400}$/;

export async function imageFor(
  wanted: string | undefined,
  reader: Pick<ClusterReader, "list">,
): Promise<Reading<PodImage>> {
  if (wanted !== imageOnNodes) {
    const reference = wanted ?? usualImage;
    return read({ reference, pullPolicy: "IfNotPresent", holds: heldBy(reference) });
  }
  return onNodes(reader);
}

/**
 * The newest agnhost, or else busybox, that every node has on which pods may come. Where they may come on none, that every node
 * has: then the scheduler says what keeps them away, which is more than that there is no image.
 */
async function onNodes(reader: Pick<ClusterReader, "list">): Promise<Reading<PodImage>> {
  let anywhere: ReadonlySet<string> | undefined;
  let common: ReadonlySet<string> | undefined;
  const look = (node: unknown): void => {
    if (!isJsonObject(node)) return;
    const names = namesOn(node);
    anywhere = shared(anywhere, names);
    if (takesPods(node)) common = shared(common, names);
  };
  const restart = (): void => {
    anywhere = undefined;
    common = undefined;
  };
  const listed = await reader.list("/api/v1/nodes", {}, look, restart);
  if (!listed.ok) return listed;
  const [best] = [...(common ?? anywhere ?? [])].sort(byWorth);
  if (best === undefined)
    return unread("not-given", "no image with a shell that we know is on all nodes, and --image named none");
  return read({ reference: best, pullPolicy: "Never", holds: heldBy(best) });
}

function shared(known: ReadonlySet<string> | undefined, names: readonly string[]): ReadonlySet<string> {
  const here = new Set(names);
  return known === undefined ? here : new Set([...known].filter((name) => here.has(name)));
}

function takesPods({ spec }: { readonly [key: string]: unknown }): boolean {
  if (!isJsonObject(spec)) return true;
  const taints = Array.isArray(spec.taints) ? spec.taints : [];
  const keepsAway = taints.some((taint) => isJsonObject(taint) && /^No(Schedule|Execute)$/.test(String(taint.effect)));
  return spec.unschedulable !== true && !keepsAway;
}

/** Names with a tag of the images that we know, as the kubelet lists them (at most 50 images a node). */
function namesOn({ status }: { readonly [key: string]: unknown }): readonly string[] {
  const images = isJsonObject(status) && Array.isArray(status.images) ? status.images : [];
  return images
    .flatMap((image) => (isJsonObject(image) && Array.isArray(image.names) ? image.names : []))
    .filter((name): name is string => typeof name === "string" && reference.test(name) && heldBy(name) !== "unknown");
}

function heldBy(reference: string): PodImage["holds"] {
  // a host may have a port: only the last part of the path has a tag
  const name = reference.replace(/@.*$/, "").split("/").at(-1)?.split(":")[0];
  return name === "agnhost" || name === "busybox" ? name : "unknown";
}

function byWorth(a: string, b: string): number {
  const rank = (name: string) => (heldBy(name) === "agnhost" ? 0 : 1);
  return rank(a) - rank(b) || compareTags(b, a);
}

function compareTags(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => (/:([^:/]+)$/.exec(name)?.[1] ?? "").split(".").map(Number));
  for (let part = 0; part < 3; part += 1) {
    const order = (left?.[part] || 0) - (right?.[part] || 0);
    if (order !== 0) return order;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
