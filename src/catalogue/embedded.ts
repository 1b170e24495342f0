/** Every file below standards/ that the suite carries in itself. A file that is not named here does not exist for it. */
import flavors from "../../standards/data/flavors.yaml?raw";
import okToFail from "../../standards/data/ok-to-fail.yaml?raw";
import scs0100v3 from "../../standards/iaas/scs-0100-v3.yaml?raw";
import scs0103v1 from "../../standards/iaas/scs-0103-v1.yaml?raw";
import scs0110v1 from "../../standards/iaas/scs-0110-v1.yaml?raw";
import draftLoadBalancerV1 from "../../standards/kaas/draft-load-balancer-v1.yaml?raw";
import scs0200v1 from "../../standards/kaas/scs-0200-v1.yaml?raw";
import scs0201v1 from "../../standards/kaas/scs-0201-v1.yaml?raw";
import scs0210v2 from "../../standards/kaas/scs-0210-v2.yaml?raw";
import scs0210v3 from "../../standards/kaas/scs-0210-v3.yaml?raw";
import scs0211v1 from "../../standards/kaas/scs-0211-v1.yaml?raw";
import scs0211v2 from "../../standards/kaas/scs-0211-v2.yaml?raw";
import scs0212v1 from "../../standards/kaas/scs-0212-v1.yaml?raw";
import scs0213v1 from "../../standards/kaas/scs-0213-v1.yaml?raw";
import scs0214v1 from "../../standards/kaas/scs-0214-v1.yaml?raw";
import scs0214v2 from "../../standards/kaas/scs-0214-v2.yaml?raw";
import scs0215v1 from "../../standards/kaas/scs-0215-v1.yaml?raw";
import scs0217v1 from "../../standards/kaas/scs-0217-v1.yaml?raw";
import scs0219v1 from "../../standards/kaas/scs-0219-v1.yaml?raw";
import scs0219v2 from "../../standards/kaas/scs-0219-v2.yaml?raw";
import scs0220v1 from "../../standards/kaas/scs-0220-v1.yaml?raw";
import proposedApiAccessList from "../../standards/proposed/api-access-list.yaml?raw";
import proposedBackupRestore from "../../standards/proposed/backup-restore.yaml?raw";
import proposedCaHandling from "../../standards/proposed/ca-handling.yaml?raw";
import proposedEtcdFlavor from "../../standards/proposed/etcd-flavor.yaml?raw";
import proposedEtcdMaintenance from "../../standards/proposed/etcd-maintenance.yaml?raw";
import proposedIpv6 from "../../standards/proposed/ipv6.yaml?raw";
import proposedNetworking from "../../standards/proposed/networking.yaml?raw";
import proposedSelfDescription from "../../standards/proposed/self-description.yaml?raw";
import proposedStorageKinds from "../../standards/proposed/storage-kinds.yaml?raw";
import proposedWorkloadSpread from "../../standards/proposed/workload-spread.yaml?raw";
import draftsDefinition from "../../standards/scopes/own/scs-kaas-drafts.yaml?raw";
import compatible from "../../standards/scopes/scs-compatible-kaas.yaml?raw";
import drafts from "../../standards/scopes/scs-kaas-drafts.yaml?raw";
import compatibleDefinition from "../../standards/scopes/upstream/scs-compatible-kaas.yaml?raw";

/** Texts by path below standards/. */
export interface TextFiles {
  readonly [file: string]: string;
}

export const standardFiles: TextFiles = {
  "iaas/scs-0100-v3.yaml": scs0100v3,
  "iaas/scs-0103-v1.yaml": scs0103v1,
  "iaas/scs-0110-v1.yaml": scs0110v1,
  "kaas/draft-load-balancer-v1.yaml": draftLoadBalancerV1,
  "kaas/scs-0200-v1.yaml": scs0200v1,
  "kaas/scs-0201-v1.yaml": scs0201v1,
  "kaas/scs-0210-v2.yaml": scs0210v2,
  "kaas/scs-0210-v3.yaml": scs0210v3,
  "kaas/scs-0211-v1.yaml": scs0211v1,
  "kaas/scs-0211-v2.yaml": scs0211v2,
  "kaas/scs-0212-v1.yaml": scs0212v1,
  "kaas/scs-0213-v1.yaml": scs0213v1,
  "kaas/scs-0214-v1.yaml": scs0214v1,
  "kaas/scs-0214-v2.yaml": scs0214v2,
  "kaas/scs-0215-v1.yaml": scs0215v1,
  "kaas/scs-0217-v1.yaml": scs0217v1,
  "kaas/scs-0219-v1.yaml": scs0219v1,
  "kaas/scs-0219-v2.yaml": scs0219v2,
  "kaas/scs-0220-v1.yaml": scs0220v1,
  "proposed/api-access-list.yaml": proposedApiAccessList,
  "proposed/backup-restore.yaml": proposedBackupRestore,
  "proposed/ca-handling.yaml": proposedCaHandling,
  "proposed/etcd-flavor.yaml": proposedEtcdFlavor,
  "proposed/etcd-maintenance.yaml": proposedEtcdMaintenance,
  "proposed/ipv6.yaml": proposedIpv6,
  "proposed/networking.yaml": proposedNetworking,
  "proposed/self-description.yaml": proposedSelfDescription,
  "proposed/storage-kinds.yaml": proposedStorageKinds,
  "proposed/workload-spread.yaml": proposedWorkloadSpread,
};

/** What a testcase stands for, and what upstream's file no longer tells: one table for each scope. */
export const scopeTableFiles: TextFiles = {
  "scopes/scs-compatible-kaas.yaml": compatible,
  "scopes/scs-kaas-drafts.yaml": drafts,
};

/** Certificate definitions in upstream's form. */
export const scopeDefinitionFiles: TextFiles = {
  "scopes/upstream/scs-compatible-kaas.yaml": compatibleDefinition,
  "scopes/own/scs-kaas-drafts.yaml": draftsDefinition,
};

export const okToFailFile: TextFiles = { "data/ok-to-fail.yaml": okToFail };

export const flavorsFile: TextFiles = { "data/flavors.yaml": flavors };

/** All of them: what the digest of the standards covers. */
export const embeddedFiles: TextFiles = {
  ...standardFiles,
  ...scopeTableFiles,
  ...scopeDefinitionFiles,
  ...okToFailFile,
  ...flavorsFile,
};
