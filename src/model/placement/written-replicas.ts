/** How often a hosted control plane is told to run, where the management cluster says so. */
import type { Fact } from "../fact.ts";
import type { ManagementControlPlaneFact } from "../facts/managed-control-plane.ts";
import type { JsonObject } from "../json.ts";

export interface WrittenReplicas {
  /** Replicas of Kamaji's pods, each with API server, controller manager and scheduler; once they are rolled out. */
  readonly pods: number | undefined;
  readonly observed: JsonObject;
}

export function writtenReplicas(plane: Fact<ManagementControlPlaneFact>): WrittenReplicas {
  if (plane.status === "unavailable") return { pods: undefined, observed: {} };
  const { kind, replicas, rolledOut, failureTolerance } = plane.value;
  return {
    pods: kind === "TenantControlPlane" && rolledOut ? replicas : undefined,
    observed: {
      ...(replicas === undefined ? {} : { replicasWritten: replicas }),
      ...(failureTolerance === undefined ? {} : { failureToleranceWritten: failureTolerance }),
    },
  };
}
