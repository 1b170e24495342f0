/** What a workflow of GitHub Actions says it runs for. */
import { UsageError } from "../../model/faults.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { readText } from "../read-file.ts";

export interface WorkflowEvent {
  readonly repository: string | undefined;
  /** Of `pull_request` events. */
  readonly pull: number | undefined;
  /** Of `workflow_run` events: the commit that the other workflow ran for. */
  readonly head: string | undefined;
}

const maxBytes = 4 * 1024 * 1024;

/** The file that GITHUB_EVENT_PATH names. */
export async function readEvent(file: string): Promise<WorkflowEvent> {
  let event: Json;
  try {
    event = JSON.parse(await readText(file, maxBytes)) as Json;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError([{ file, message: "is not JSON" }], "GITHUB_EVENT_PATH names the event of a workflow.");
  }
  const number = at(event, "pull_request", "number");
  const repository = at(event, "repository", "full_name");
  const head = at(event, "workflow_run", "head_sha");
  return {
    repository: typeof repository === "string" ? repository : undefined,
    pull: Number.isInteger(number) ? Number(number) : undefined,
    head: typeof head === "string" ? head : undefined,
  };
}

function at(value: Json, ...keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>((found, key) => (isJsonObject(found) ? found[key] : undefined), value);
}
