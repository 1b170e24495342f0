import type { Access } from "./access.ts";

const kinds = "namespaces,clusterroles,clusterrolebindings,customresourcedefinitions,apiservices,priorityclasses";

/** Kinds and names of what outlives namespaces, in order. */
export async function outlivingObjects({ kubectl }: Pick<Access, "kubectl">): Promise<readonly string[]> {
  const text = await kubectl(["get", kinds, "-o", "name"]);
  return text.trim().split("\n").sort();
}
