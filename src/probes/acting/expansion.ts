/** Asks for more room in the volume of a claim of the run, and waits until it is there. */
import type { ClusterActor } from "../../model/acting.ts";
import type { ClaimedVolumeFact } from "../../model/facts/trials.ts";
import type { JsonObject } from "../../model/json.ts";
import { quantityOf } from "../quantity.ts";
import { isAccepted } from "../said.ts";
import { listAt, textAt } from "../untrusted.ts";
import { eventsOf, hindered, refusedBy } from "./hindrance.ts";
import { minute } from "./run-pod.ts";

const asked = "2Gi";
const askedBytes = 2 * 1024 ** 3;

/** Undefined when it could not be asked for. `mounted` brings the volume to a node once more: some file systems grow there and nowhere else. */
export async function grow(
  act: ClusterActor,
  claim: { readonly namespace: string; readonly name: string; readonly path: string },
  mounted: () => Promise<unknown>,
): Promise<ClaimedVolumeFact["expansion"]> {
  const said = await act.patch(claim.path, { spec: { resources: { requests: { storage: asked } } } });
  if (!said.ok) return undefined;
  if (!isAccepted(said.value)) return { grown: false, hindrance: refusedBy(said.value) };
  let stage = await act.until(claim.path, stageOf, minute);
  if (stage.ok && stage.value === "to-be-mounted") {
    await mounted();
    stage = await act.until(claim.path, (object) => (stageOf(object) === "grown" ? "grown" : undefined), minute);
  }
  if (stage.ok) return { grown: true };
  const told = await eventsOf(act, claim.namespace, claim.name);
  const failed = told.filter((event) => /Resize|Expand/i.test(event)).at(-1);
  return { grown: false, hindrance: hindered(failed === undefined ? "timeout" : "other", failed) };
}

/** core/v1 PersistentVolumeClaimStatus: `capacity`, and the condition that waits for the node. */
function stageOf(claim: JsonObject): "grown" | "to-be-mounted" | undefined {
  const capacity = quantityOf(textAt(claim, "status", "capacity", "storage"));
  if (capacity !== undefined && capacity >= askedBytes) return "grown";
  const pending = listAt(claim, "status", "conditions").some(
    (one) => textAt(one, "type") === "FileSystemResizePending" && textAt(one, "status") === "True",
  );
  return pending ? "to-be-mounted" : undefined;
}
