/** sign: recomputes first and refuses what does not hold, then puts signatures beside the files of a run. */
import path from "node:path";
import { UsageError } from "../model/faults.ts";
import { openSigner } from "./key.ts";
import type { SigningOptions } from "./options.ts";
import { signatures } from "./run-files.ts";
import { formBeside, soundRun } from "./sound-run.ts";
import { writeWhole } from "./write-file.ts";

export interface SignedRun {
  readonly fingerprint: string;
  readonly files: readonly string[];
}

export async function signRun(target: string, signing: SigningOptions, now: () => Date): Promise<SignedRun> {
  const run = await soundRun(target, "Sign", now());
  const [{ scsYaml }, { inToto }] = await Promise.all([
    import("../../reporters/scs-yaml.ts"),
    import("../../reporters/in-toto.ts"),
  ]);
  const forms = [await formBeside(run, scsYaml, "scs-yaml"), await formBeside(run, inToto, "in-toto")];
  const files = [{ name: "report.json", content: run.text }, ...forms.filter((form) => form !== undefined)];
  const signer = await openSigner(signing);
  if (!signer) throw new UsageError("No key was named.", "Give --key FILE or --agent FINGERPRINT.");
  const signed = await signatures(files, signer);
  for (const { name, content } of signed) await writeWhole(path.join(run.folder, name), content);
  return { fingerprint: signer.fingerprint, files: signed.map(({ name }) => name) };
}
