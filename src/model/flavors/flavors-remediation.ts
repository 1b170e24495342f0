/** How a cloud comes to the standard flavors. */
import type { Remediation } from "../check.ts";

export const standardFlavorsRemediation: Remediation = {
  text: "Create or correct the flavor as the table of scs-0103-v1 has it, public and with its extra specs: `openstack flavor create SCS-2V-4-20s --vcpus 2 --ram 4096 --disk 20 --public --property scs:name-v1=SCS-2V:4:20s --property scs:name-v2=SCS-2V-4-20s --property scs:cpu-type=shared-core --property scs:disk0-type=ssd`; the flavor manager of SCS (openstack-flavor-manager) does it for all of them.",
};
