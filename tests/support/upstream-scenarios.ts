/** Scenarios of upstream's node distribution test (SovereignCloudStack/standards, testdata/scenarios.yaml), all in one region. */
import type { FactValues } from "../../src/model/facts/index.ts";
import { controlPlane, legacyHostId, nodes, region, worker, zone } from "./facts.ts";

const at = (zoneName: string, host?: string) => ({
  [region]: "region",
  [zone]: zoneName,
  ...(host === undefined ? {} : { [legacyHostId]: host }),
});

export const scenarios: { readonly [name: string]: FactValues["kube/nodes"] } = {
  "success-1": nodes(
    controlPlane("control-0", at("zone1", "vm0")),
    controlPlane("control-1", at("zone2", "vm1")),
    controlPlane("control-2", at("zone3", "vm2")),
    worker("worker-0", at("zone1", "vm3")),
    worker("worker-1", at("zone2", "vm4")),
    worker("worker-2", at("zone3", "vm5")),
  ),
  "success-2": nodes(
    controlPlane("control-0", at("zone1", "vm0")),
    controlPlane("control-1", at("zone2", "vm0")),
    controlPlane("control-2", at("zone3", "vm0")),
    worker("worker-0", at("zone1", "vm1")),
    worker("worker-1", at("zone2", "vm1")),
    worker("worker-2", at("zone3", "vm1")),
  ),
  "not-enough-nodes": nodes(controlPlane("node-0", at("zone1", "vm0"))),
  "no-distribution-1": nodes(controlPlane("control-0", at("zone1", "vm0")), worker("worker-0", at("zone1", "vm0"))),
  "no-distribution-2": nodes(
    ...["control-0", "control-1", "control-2"].map((name) => controlPlane(name, at("zone1", "vm0"))),
    ...["worker-0", "worker-1", "worker-2"].map((name) => worker(name, at("zone1", "vm1"))),
  ),
  "missing-labels": nodes(controlPlane("control-0", at("zone1", "vm0")), controlPlane("control-1", at("zone1"))),
  "no-control-plane-label": nodes(worker("worker-0", at("zone1", "vm0")), worker("worker-1", at("zone2", "vm1"))),
};

export function scenario(name: string): FactValues["kube/nodes"] {
  const found = scenarios[name];
  if (!found) throw new Error(`no scenario ${name}`);
  return found;
}
