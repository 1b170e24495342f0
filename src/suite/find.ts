/** Finds the pod of a Job of ours, as far as it is the run that is asked for. */
import type { ClusterReader } from "../model/cluster.ts";
import { suiteContainer, suiteLabel } from "../model/conformance/suite-objects.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { podStateOf } from "./pod-state.ts";
import type { SuitePlace } from "./run-suite.ts";
import { podName } from "./start.ts";

export interface Wanted {
  readonly kind: string;
  /** The expression that it was started with. */
  readonly focus: string;
}

/** Undefined: there is no such Job, it is another run, or its results went with its pod. */
export async function findSuite(
  cluster: ClusterReader,
  namespace: string,
  job: string,
  { kind, focus }: Wanted,
): Promise<SuitePlace | undefined> {
  const found = await cluster.json(`/apis/batch/v1/namespaces/${namespace}/jobs/${job}`);
  if (!found.ok || !isJsonObject(found.value)) return undefined;
  const labels = at(found.value, "metadata", "labels");
  if (labels[suiteLabel] !== kind || focusOf(found.value) !== focus) return undefined;
  const selector = `batch.kubernetes.io%2Fjob-name%3D${job}`;
  const pods = await cluster.json(`/api/v1/namespaces/${namespace}/pods?labelSelector=${selector}&limit=1`);
  if (!pods.ok || !isJsonObject(pods.value)) return undefined;
  const [pod] = Array.isArray(pods.value.items) ? pods.value.items : [];
  const name = podName(pods.value);
  if (!isJsonObject(pod) || name === undefined || podStateOf(pod).kind === "lost") return undefined;
  return { namespace, pod: name };
}

function focusOf(job: JsonObject): Json | undefined {
  const containers = at(job, "spec", "template", "spec").containers;
  const suite = listOf(containers).find(({ name }) => name === suiteContainer);
  return listOf(suite?.env).find(({ name }) => name === "E2E_FOCUS")?.value;
}

const listOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

const at = (object: JsonObject, ...path: readonly string[]): JsonObject =>
  path.reduce<JsonObject>((inner, key) => {
    const next = inner[key];
    return isJsonObject(next) ? next : {};
  }, object);
