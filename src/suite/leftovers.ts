/** What the suite itself left: namespaces of specs that were ended in the middle. */
import type { ClusterReader } from "../model/cluster.ts";
import { type Reading, read } from "../model/fact.ts";
import { isJsonObject } from "../model/json.ts";

/** Names of namespaces that carry the run's UUID, which its own log told: nobody else's do. */
export async function namespacesOfSuite(cluster: ClusterReader, suiteRun: string): Promise<Reading<readonly string[]>> {
  let names: string[] = [];
  const listed = await cluster.list(
    "/api/v1/namespaces",
    { metadataOnly: true, labelSelector: `e2e-run=${suiteRun}` },
    (object) => {
      const metadata = isJsonObject(object) && isJsonObject(object.metadata) ? object.metadata : {};
      // those that are going already need no help
      if (typeof metadata.name === "string" && metadata.deletionTimestamp === undefined) names.push(metadata.name);
    },
    () => {
      names = [];
    },
  );
  return listed.ok ? read(names.sort()) : listed;
}
