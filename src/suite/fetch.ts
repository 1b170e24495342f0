/** Brings the files of an ended run here, beside what names the cluster: as Sonobuoy lays them out, so that `import` reads them. */
import { createWriteStream, promises as fs } from "node:fs";
import path from "node:path";
import { finished } from "node:stream/promises";
import type { ClusterReader } from "../model/cluster.ts";
import { resultsPath, resultsPort } from "../model/conformance/suite-objects.ts";
import { type Reading, read, unread } from "../model/fact.ts";

/** What is needed of a run: the results by name, and how it was run. */
const wanted = ["junit_01.xml", "e2e.log"] as const;
/** A verbose log of a whole suite has some 50 MB. */
const mostBytes = 512 * 1024 * 1024;

export interface Named {
  readonly gitVersion: string;
  readonly clusterUid: string;
  /** What ran, by digest, as far as the node tells. */
  readonly image: string | undefined;
}

/** Into a folder that is there. Through the API server to the pod that keeps the files. */
export async function fetchResults(
  cluster: ClusterReader,
  pod: { readonly namespace: string; readonly name: string },
  folder: string,
  { gitVersion, clusterUid, image }: Named,
): Promise<Reading<undefined>> {
  const served = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}:${resultsPort}/proxy${resultsPath}`;
  for (const name of wanted) {
    const fetched = await fetchFile(cluster, `${served}${name}`, path.join(folder, name));
    if (!fetched.ok) return fetched;
  }
  await fs.writeFile(path.join(folder, "serverversion.json"), `${JSON.stringify({ gitVersion })}\n`);
  await fs.writeFile(path.join(folder, "scs-conformance.json"), `${JSON.stringify({ image: image ?? "unknown" })}\n`);
  const resources = path.join(folder, "resources", "cluster");
  await fs.mkdir(resources, { recursive: true });
  const namespaces = { items: [{ metadata: { name: "kube-system", uid: clusterUid } }] };
  await fs.writeFile(path.join(resources, "core_v1_namespaces.json"), `${JSON.stringify(namespaces)}\n`);
  return read(undefined);
}

/** As they are, to the disk: a spec that failed may have megabytes in one line, and prints whatever its pods did. */
async function fetchFile(cluster: ClusterReader, from: string, to: string): Promise<Reading<undefined>> {
  const file = createWriteStream(to, { mode: 0o644 });
  const written = finished(file).then(
    () => read(undefined),
    (error: unknown) =>
      unread("not-given", `${to}: ${error instanceof Error ? error.message.replace(/, .*/s, "") : "not written"}`),
  );
  const fetched = await cluster.pieces(from, (bytes) => void file.write(bytes), { maxBytes: mostBytes });
  file.end();
  const kept = await written;
  const failed = fetched.ok ? kept : fetched;
  if (failed.ok) return failed;
  await fs.rm(to, { force: true });
  return { ...failed, message: `the results could not be fetched: ${failed.message}` };
}
