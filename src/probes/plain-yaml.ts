/** YAML inside objects of a cluster, such as the files that kubeadm leaves in ConfigMaps. */
import { parseDocument } from "yaml";

/** Largest text that is parsed; kubeadm writes 1 to 4 KiB. */
const maxLength = 256 * 1024;

/** Undefined for anything but one document of plain YAML: unique keys, hardly any aliases, no tags of its own. */
export function parsePlainYaml(text: unknown): unknown {
  if (typeof text !== "string" || text.length > maxLength) return undefined;
  try {
    const document = parseDocument(text, { schema: "core", uniqueKeys: true, merge: false, logLevel: "error" });
    return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 20 });
  } catch {
    return undefined;
  }
}
