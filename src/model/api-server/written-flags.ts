/** Flags that the management cluster has written for every API server, where they are in effect. */
import type { Fact } from "../fact.ts";
import type { ManagementControlPlaneFact } from "../facts/managed-control-plane.ts";
import type { ApiServer } from "./api-server-flags.ts";

/** Undefined while they are not known, or not on every replica yet: what is asked for proves nothing. */
export function writtenApiServer(written: Fact<ManagementControlPlaneFact> | undefined): ApiServer | undefined {
  if (written === undefined || written.status === "unavailable" || !written.value.rolledOut) return undefined;
  const { kind, apiServer, hidesFlags, eventLimits } = written.value;
  // Gardener makes the file of the limits by itself
  const configured = eventLimits === undefined ? [] : ["admission-control-config-file"];
  return {
    subject: { kind, name: "in the management cluster" },
    flags: { ...apiServer, withheld: [...new Set([...apiServer.withheld, ...configured])].sort() },
    hidesFlags,
    // kubeadm, Kamaji and Gardener write further flags by themselves
    handedOn: true,
  };
}
