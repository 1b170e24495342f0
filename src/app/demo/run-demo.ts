/** demo: the whole job against the recorded cluster: look, judge, sign with a throw-away key, verify. */
import { promises as fs } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Value } from "@sinclair/typebox/value";
import { stringify } from "yaml";
import recordingText from "../../../fixtures/demo/recording.json?raw";
import { Defect } from "../../model/faults.ts";
import type { Signer } from "../../model/signer.ts";
import { ephemeralSigner } from "../../signing/key-signer.ts";
import { check } from "../check.ts";
import { declarationNamespace } from "../declarations.ts";
import type { RunResult } from "../leave-run.ts";
import type { Watch } from "../look.ts";
import { defaultScope } from "../options.ts";
import { verifyRun } from "../verify-run.ts";
import { Recording } from "./recording.ts";
import { startReplay } from "./replay-server.ts";

export interface DemoOptions extends Watch {
  readonly folder: string | undefined;
}

export interface DemoResult {
  readonly run: RunResult;
  readonly verified: boolean;
  /** What to say at the end. */
  readonly closing: readonly string[];
}

const subject = "demo-cloud-1.37";

export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const recording: unknown = JSON.parse(recordingText);
  if (!Value.Check(Recording, recording)) throw new Defect("the embedded recording does not have the form of one");
  const signer = ephemeralSigner();
  const replay = await startReplay(recording);
  try {
    const folder = options.folder ?? (await fs.mkdtemp(path.join(os.tmpdir(), "scs-conformance-demo-run-")));
    const run = await check({
      cluster: { kubeconfig: replay.kubeconfig, requestTimeout: 10_000, timeout: 60_000 },
      selection: { scope: defaultScope, only: [], skip: [], tier: "observe", includeProposed: false },
      inputs: {
        subject,
        conformanceResults: recording.conformanceResults,
        declarations: [await signedDeclarations(replay.folder, recording, signer)],
      },
      signing: { signer, passphrase: async () => undefined },
      folder,
      formats: ["junit", "markdown", "testcases"],
      recorded: true,
      // the recording's own clock: what was seen, was seen then
      now: () => new Date(recording.recordedAt),
      onEvent: options.onEvent,
      signal: options.signal,
    });
    const allowedSigners = path.join(replay.folder, "allowed_signers");
    await fs.writeFile(allowedSigners, `${subject} ${signer.publicKey}\n`);
    const verification = await verifyRun({
      target: run.folder,
      allowedSigners,
      declarationSigners: allowedSigners,
      now: options.now,
    });
    const verified = verification.exitCode === 0;
    const layers = verification.layers.map((layer) => `${layer.name} ${layer.state}`).join(", ");
    return { run, verified, closing: closing(run.folder, verified, layers) };
  } finally {
    await replay.close();
  }
}

/** The recorded declarations as a provider hands them in: a file, and a signature beside it. */
async function signedDeclarations(folder: string, { declarations }: Recording, signer: Signer): Promise<string> {
  const file = path.join(folder, "declarations.yaml");
  const text = stringify(declarations);
  await fs.writeFile(file, text);
  await fs.writeFile(`${file}.sig`, await signer.sign(Buffer.from(text, "utf8"), declarationNamespace));
  return file;
}

function closing(folder: string, verified: boolean, layers: string): readonly string[] {
  return [
    "",
    `Verified with the throw-away key's public half: ${layers}.${verified ? "" : " SOMETHING DOES NOT HOLD."}`,
    `Open ${path.join(folder, "report.html")} in a browser.`,
    "",
    "Now for a cluster of your own:",
    "  scs-conformance plan                                       what would be read, with which rights",
    "  scs-conformance check --subject my-cloud-1.37 --key ~/.ssh/id_ed25519",
    "  scs-conformance verify scs-report/... --allowed-signers FILE",
  ];
}
