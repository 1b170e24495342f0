/** What the suite itself left: namespaces of specs that were ended in the middle. */
import type { ClusterReader } from "../model/cluster.ts";
import { type Reading, read } from "../model/fact.ts";
import { isJsonObject } from "../model/json.ts";

export interface SuiteNamespace {
  readonly name: string;
  readonly uid: string;
}

/** Namespaces that carry the run's UUID, which its own log told: nobody else's do. */
export async function namespacesOfSuite(
  cluster: ClusterReader,
  suiteRun: string,
): Promise<Reading<readonly SuiteNamespace[]>> {
  let found: SuiteNamespace[] = [];
  const listed = await cluster.list(
    "/api/v1/namespaces",
    { metadataOnly: true, labelSelector: `e2e-run=${suiteRun}` },
    (object) => {
      const { name, uid } = isJsonObject(object) && isJsonObject(object.metadata) ? object.metadata : {};
      if (typeof name !== "string" || !/^[a-z0-9-]{1,63}$/.test(name)) return;
      if (typeof uid === "string" && /^[0-9a-f-]{36}$/.test(uid)) found.push({ name, uid });
    },
    () => {
      found = [];
    },
  );
  return listed.ok ? read(found) : listed;
}
