/** A signed report as somebody proposes it to a results repository, with the repository's accepted files. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { evaluateEvidence } from "../../src/app/evaluate-evidence.ts";
import { carriedFiles, entryFolder } from "../../src/app/results-layout.ts";
import type { Signer } from "../../src/model/signer.ts";
import { scratchFolder } from "./scratch.ts";

export const subject = "my-cloud-1.36";

export interface Proposed {
  readonly folder: string;
  /** By path from the repository's root. */
  readonly files: { [path: string]: Buffer };
}

export interface ProposedOptions {
  readonly asOf?: string;
  readonly skip?: readonly string[];
  readonly scope?: string;
  readonly subject?: string;
}

/** Of a recorded cluster's evidence, judged here and signed. */
export async function proposedReport(signer: Signer, options: ProposedOptions = {}): Promise<Proposed> {
  const run = path.join(scratchFolder(), "run");
  const { report, text } = await evaluateEvidence({
    file: path.resolve("fixtures/clusters/kubeadm-1.36-flagz/evidence.json"),
    inputs: { subject: options.subject ?? subject },
    scope: options.scope,
    skip: options.skip,
    asOf: options.asOf,
    signing: { signer, passphrase: async () => undefined },
    folder: run,
    formats: [],
  });
  const folder = entryFolder(report, text);
  const files = carriedFiles.flatMap((name) => {
    try {
      return [[`${folder}/${name}`, readFileSync(path.join(run, name))] as const];
    } catch {
      return [];
    }
  });
  return { folder, files: Object.fromEntries(files) };
}

/** Who may sign for whom, as the results repository has accepted it. */
export function acceptedFiles(signer: Signer, principal = "my-cloud-*"): { [path: string]: Buffer } {
  const line = `${principal} namespaces="report@scs-conformance" ${signer.publicKey}\n`;
  return { "README.md": Buffer.from("results\n"), allowed_signers: Buffer.from(line) };
}

/** The files as a checkout. */
export function checkout(files: { readonly [path: string]: Uint8Array }): string {
  const root = scratchFolder();
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(root, file), bytes);
  }
  return root;
}
