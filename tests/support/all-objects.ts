/** Every object that an API server lists, of every kind that its discovery names. */
import type { Api } from "../../testbed/api.ts";

interface Resources {
  readonly resources: readonly { readonly name: string; readonly verbs: readonly string[] }[];
}
interface Groups {
  readonly groups: readonly { readonly preferredVersion: { readonly groupVersion: string } }[];
}
interface Objects {
  readonly items: readonly {
    readonly metadata: {
      readonly namespace?: string;
      readonly name: string;
      readonly uid?: string;
      readonly resourceVersion?: string;
    };
  }[];
}

/** Clusters renew and write these by themselves all the time; `componentstatuses` are asked afresh with each request. */
const restless = ["leases", "events", "componentstatuses"];

/** `apps/v1/deployments kube-system/coredns` -> uid and resource version. */
export async function allObjects(api: Api): Promise<ReadonlyMap<string, string>> {
  const { groups } = (await api.json("GET", "/apis")) as Groups;
  const roots = ["api/v1", ...groups.map(({ preferredVersion }) => `apis/${preferredVersion.groupVersion}`)];
  const found = await Promise.all(roots.map((root) => objectsBelow(api, root)));
  return new Map(found.flat());
}

async function objectsBelow(api: Api, root: string): Promise<readonly (readonly [string, string])[]> {
  const { resources } = (await api.json("GET", `/${root}`)) as Resources;
  const listed = resources.filter(({ name, verbs }) => verbs.includes("list") && !restless.includes(name));
  const found = await Promise.all(
    listed.map(async ({ name: resource }) => {
      const { items } = (await api.json("GET", `/${root}/${resource}`)) as Objects;
      return items.map(({ metadata: { namespace = "", name, uid = "", resourceVersion = "" } }) => {
        return [`${root}/${resource} ${namespace}/${name}`, `${uid} ${resourceVersion}`] as const;
      });
    }),
  );
  return found.flat();
}
