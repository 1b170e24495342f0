/** Every check, sorted by id. `npm run new-check` adds lines here. */
import type { AnyCheck } from "../src/model/check.ts";
import { conformanceSuite } from "./scs-0201/conformance-suite.ts";
import { criticalPatchRecency } from "./scs-0210/critical-patch-recency.ts";
import { patchRecency } from "./scs-0210/patch-recency.ts";
import { unsupportedBranch } from "./scs-0210/unsupported-branch.ts";
import { controlPlaneSpread } from "./scs-0214/control-plane-spread.ts";
import { controlPlaneZones } from "./scs-0214/control-plane-zones.ts";
import { topologyLabels } from "./scs-0214/topology-labels.ts";
import { workerZones } from "./scs-0214/worker-zones.ts";
import { networkPolicy } from "./scs-0219/network-policy.ts";

export const checks: readonly AnyCheck[] = [
  conformanceSuite,
  criticalPatchRecency,
  patchRecency,
  unsupportedBranch,
  controlPlaneSpread,
  controlPlaneZones,
  topologyLabels,
  workerZones,
  networkPolicy,
];
