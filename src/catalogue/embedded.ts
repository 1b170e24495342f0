/** Every file below standards/ that the suite carries in itself. A file that is not named here does not exist for it. */
import okToFail from "../../standards/data/ok-to-fail.yaml?raw";
import scs0201v1 from "../../standards/kaas/scs-0201-v1.yaml?raw";
import scs0210v2 from "../../standards/kaas/scs-0210-v2.yaml?raw";
import scs0211v1 from "../../standards/kaas/scs-0211-v1.yaml?raw";
import scs0211v2 from "../../standards/kaas/scs-0211-v2.yaml?raw";
import scs0214v2 from "../../standards/kaas/scs-0214-v2.yaml?raw";
import scs0215v1 from "../../standards/kaas/scs-0215-v1.yaml?raw";
import scs0219v1 from "../../standards/kaas/scs-0219-v1.yaml?raw";
import draftsDefinition from "../../standards/scopes/own/scs-kaas-drafts.yaml?raw";
import compatible from "../../standards/scopes/scs-compatible-kaas.yaml?raw";
import drafts from "../../standards/scopes/scs-kaas-drafts.yaml?raw";
import compatibleDefinition from "../../standards/scopes/upstream/scs-compatible-kaas.yaml?raw";

/** Texts by path below standards/. */
export interface TextFiles {
  readonly [file: string]: string;
}

export const standardFiles: TextFiles = {
  "kaas/scs-0201-v1.yaml": scs0201v1,
  "kaas/scs-0210-v2.yaml": scs0210v2,
  "kaas/scs-0211-v1.yaml": scs0211v1,
  "kaas/scs-0211-v2.yaml": scs0211v2,
  "kaas/scs-0214-v2.yaml": scs0214v2,
  "kaas/scs-0215-v1.yaml": scs0215v1,
  "kaas/scs-0219-v1.yaml": scs0219v1,
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

/** All of them: what the digest of the standards covers. */
export const embeddedFiles: TextFiles = {
  ...standardFiles,
  ...scopeTableFiles,
  ...scopeDefinitionFiles,
  ...okToFailFile,
};
