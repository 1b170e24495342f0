/** Certificates and keys as a kubeconfig holds them. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../model/faults.ts";
import { textOf } from "./kubeconfig.ts";
import type { KubeconfigEntry } from "./kubeconfig-file.ts";

/**
 * PEM text given in place (base64, `KEY-data`) or as a file (`KEY`).
 * @throws UsageError when it is neither readable nor PEM
 */
export function pemOf(entry: KubeconfigEntry, key: string, from: string): string | undefined {
  const data = textOf(entry.value, `${key}-data`);
  const path = textOf(entry.value, key);
  if (data === undefined && path === undefined) return undefined;
  let pem: string;
  if (data !== undefined) pem = Buffer.from(data, "base64").toString("latin1");
  else {
    const file = resolve(entry.folder, path ?? "");
    try {
      pem = readFileSync(file, "latin1");
    } catch {
      throw new UsageError([
        { file, message: `the kubeconfig's ${from} names this file as \`${key}\`; it cannot be read` },
      ]);
    }
  }
  if (!pem.includes("-----BEGIN ")) throw new UsageError(`the kubeconfig's ${from}: \`${key}\` is not PEM`);
  return pem;
}
