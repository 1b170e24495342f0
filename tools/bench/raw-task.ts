/** What the raw reader is to read: the very paths of a run, with the same credentials. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

interface Kubeconfig {
  readonly clusters: readonly { cluster: { server: string; "certificate-authority-data": string } }[];
  readonly users: readonly {
    user: { token?: string; "client-certificate-data"?: string; "client-key-data"?: string };
  }[];
}

/** Writes the task beside the kubeconfig and returns its path. */
export function writeRawTask(kubeconfig: string, name: string, paths: readonly string[]): string {
  const { clusters, users } = parse(readFileSync(kubeconfig, "utf8")) as Kubeconfig;
  const [cluster, user] = [clusters[0]?.cluster, users[0]?.user];
  const pem = (data: string | undefined) => (data === undefined ? undefined : Buffer.from(data, "base64").toString());
  const task = {
    url: cluster?.server,
    ca: pem(cluster?.["certificate-authority-data"]),
    token: user?.token,
    cert: pem(user?.["client-certificate-data"]),
    key: pem(user?.["client-key-data"]),
    paths,
  };
  const file = path.join(path.dirname(kubeconfig), `${name}.json`);
  writeFileSync(file, JSON.stringify(task), { mode: 0o600 });
  return file;
}

/** Every path that a run asked for with an answer, once; pages but the first are reached by their tokens. */
export function pathsOf(run: string): readonly string[] {
  const evidence = JSON.parse(readFileSync(path.join(run, "evidence.json"), "utf8")) as {
    facts: { gathering: { requests: readonly { method: string; path: string; status: number }[] } };
  };
  const { requests } = evidence.facts.gathering;
  const read = requests.filter(({ method, status, path: asked }) => {
    return method === "GET" && status === 200 && !asked.includes("continue=");
  });
  return [...new Set(read.map(({ path: asked }) => asked))];
}
