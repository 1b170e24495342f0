/** What the pod of a run says of itself. */
import { suiteContainer } from "../model/conformance/suite-objects.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";

/** `waiting` and `lost` tell why. `ended`: the suite is over and its files can be fetched. */
export type PodState =
  | { readonly kind: "waiting"; readonly because: string; readonly image: string | undefined }
  | { readonly kind: "running"; readonly image: string | undefined }
  | { readonly kind: "ended"; readonly exitCode: number; readonly image: string | undefined }
  | { readonly kind: "lost"; readonly because: string; readonly image: string | undefined };

const longest = 300;

export function podStateOf(pod: JsonObject): PodState {
  const status = objectAt(pod.status);
  const container = listAt(status.containerStatuses).find(({ name }) => name === suiteContainer) ?? {};
  const image = imageOf(container);
  const state = objectAt(container.state);
  const terminated = objectAt(state.terminated);
  const gone = objectAt(pod.metadata).deletionTimestamp !== undefined;
  if (gone || status.phase === "Failed" || status.phase === "Succeeded") {
    const because =
      textOf(status.message) ??
      textOf(status.reason) ??
      `its pod ended: ${textOf(terminated.reason) ?? "no reason given"}`;
    return { kind: "lost", because, image };
  }
  if (typeof terminated.exitCode === "number") return { kind: "ended", exitCode: terminated.exitCode, image };
  if (isJsonObject(state.running)) return { kind: "running", image };
  return { kind: "waiting", because: whyWaiting(status, objectAt(state.waiting)), image };
}

function whyWaiting(status: JsonObject, waiting: JsonObject): string {
  const scheduled = listAt(status.conditions).find(({ type }) => type === "PodScheduled");
  if (scheduled?.status === "False") return textOf(scheduled.message) ?? "no node was found for its pod";
  return (
    [textOf(waiting.reason), textOf(waiting.message)].filter((part) => part !== undefined).join(": ") ||
    "its pod has not started yet"
  );
}

/** The image by digest, as the runtime names it: `registry.k8s.io/conformance@sha256:...`. */
function imageOf({ image, imageID }: JsonObject): string | undefined {
  const digest = /sha256:[0-9a-f]{64}$/.exec(textOf(imageID) ?? "")?.[0];
  const name = textOf(image);
  if (digest === undefined || name === undefined || name.includes("@")) return name;
  return `${name}@${digest}`;
}

const textOf = (value: Json | undefined): string | undefined =>
  typeof value === "string" && value !== "" ? value.replace(/[^ -~]+/g, " ").slice(0, longest) : undefined;

const objectAt = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});

const listAt = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];
