/** sign: a run's folder or a declarations file, told apart by what stands in it. */
import { UsageError } from "../model/faults.ts";
import type { SigningOptions } from "./options.ts";
import { isDeclarations, signDeclarations } from "./sign-declarations.ts";
import { type SignedRun, signRun } from "./sign-run.ts";

export interface SignOptions {
  readonly signing: SigningOptions;
  /** Counter-sign; only declarations can be. */
  readonly review: boolean;
  readonly now: () => Date;
}

export async function signTarget(target: string, { signing, review, now }: SignOptions): Promise<SignedRun> {
  if (await isDeclarations(target)) return signDeclarations(target, signing, review);
  if (!review) return signRun(target, signing, now);
  throw new UsageError([{ file: target, message: "is no declarations file" }], "Only declarations are counter-signed.");
}
