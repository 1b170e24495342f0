/** Makes the objects of a run of the suite, and finds the pod that comes of them. */
import type { ClusterActor } from "../model/acting.ts";
import type { Said } from "../model/asking.ts";
import {
  type SuiteJob,
  suiteAccount,
  suiteBinding,
  suiteJob,
  suiteRepositories,
} from "../model/conformance/suite-objects.ts";
import { type Reading, type Unread, unread } from "../model/fact.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";

/** How long a Job may take to make its pod. */
const podMilliseconds = 60_000;

/** ServiceAccount, binding, list of registries, then the Job. What is refused is told in the API server's words. */
export async function startSuite(actor: ClusterActor, job: SuiteJob): Promise<Reading<{ readonly pod: string }>> {
  const { namespace } = job;
  const repositories = suiteRepositories(job);
  const steps: readonly (() => Promise<Reading<Said>>)[] = [
    () => actor.create(`/api/v1/namespaces/${namespace}/serviceaccounts`, suiteAccount(job)),
    () => actor.createClusterScoped("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", suiteBinding(job)),
    ...(repositories ? [() => actor.create(`/api/v1/namespaces/${namespace}/configmaps`, repositories)] : []),
    () => actor.create(`/apis/batch/v1/namespaces/${namespace}/jobs`, suiteJob(job)),
  ];
  for (const step of steps) {
    const said = await step();
    if (!said.ok) return said;
    if (said.value.status >= 300) return refused(said.value);
  }
  return actor.until(
    `/api/v1/namespaces/${namespace}/pods?labelSelector=batch.kubernetes.io%2Fjob-name%3D${job.name}&limit=1`,
    (list) => {
      const name = podName(list);
      return name === undefined ? undefined : { pod: name };
    },
    { milliseconds: podMilliseconds },
  );
}

function refused({ status, body }: Said): Unread {
  const message =
    typeof body.message === "string" ? body.message.replace(/[^ -~]+/g, " ").slice(0, 500) : `status ${status}`;
  return unread(status === 403 ? "forbidden" : "server-error", `the cluster refused: ${message}`);
}

export function podName({ items }: JsonObject): string | undefined {
  const [first] = Array.isArray(items) ? items : [];
  const metadata = isJsonObject(first) && isJsonObject(first.metadata) ? first.metadata : {};
  const { name } = metadata;
  return typeof name === "string" && /^[a-z0-9.-]{1,253}$/.test(name) ? name : undefined;
}
