/** submit --github: a run that holds becomes a pull request to a results repository, and leaves a receipt. */
import path from "node:path";
import { fullName } from "../github/address.ts";
import type { Refusal } from "../github/fault.ts";
import type { Landed } from "../github/propose.ts";
import { sha256 } from "../model/digest.ts";
import { UsageError } from "../model/faults.ts";
import { instantAt } from "../model/instant.ts";
import type { Report } from "../model/report.ts";
import { type GithubAccess, type GithubOptions, githubAccess } from "./github-access.ts";
import { openSigner } from "./key.ts";
import type { SigningOptions } from "./options.ts";
import { readIfThere } from "./read-file.ts";
import { carriedFiles, entryFolder, maxCarriedBytes, notForResults } from "./results-layout.ts";
import { monitorNamespace, reportNamespace } from "./run-files.ts";
import { signRun } from "./sign-run.ts";
import { formBeside, soundRun } from "./sound-run.ts";
import type { StoredRun } from "./stored-run.ts";
import { checkSignature, intactSignature } from "./submit-sources.ts";
import { writeWhole } from "./write-file.ts";

export interface ProposeOptions {
  /** Runs' folders. */
  readonly targets: readonly string[];
  readonly github: GithubOptions;
  /** Branch of the repository that it is for; its default branch when undefined. */
  readonly base: string | undefined;
  readonly signing: SigningOptions;
  readonly dryRun: boolean;
  readonly now: () => Date;
}

export interface Handing {
  readonly repository: string;
  readonly report: Report;
  readonly reportSha256: string;
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly signedBy: string;
  /** Undefined for a dry run. */
  readonly landed: Landed | Refusal | undefined;
  readonly receipt: string | undefined;
  readonly exitCode: 0 | 2 | 4;
}

/** A pull request each. UsageError before anything is sent: for wrong words, and for runs that do not hold or are no results. */
export async function submitToGithub(options: ProposeOptions): Promise<readonly Handing[]> {
  const { dryRun, base } = options;
  const access = await githubAccess("--github", options.github);
  if (!access.hasToken && !dryRun) {
    throw new UsageError("No token was given.", "Give --token-file FILE, or set GITHUB_TOKEN.");
  }
  if (base !== undefined && !/^(?!.*(\.\.|\/\/|@\{))[A-Za-z0-9][A-Za-z0-9._/@+-]{0,199}(?<![./])$/.test(base)) {
    throw new UsageError(`--base ${JSON.stringify(base)} is no branch.`, "Write its name, for example main.");
  }
  const all: Prepared[] = [];
  for (const target of options.targets) all.push(await prepared(target, fullName(access.repository), options));
  const handings: Handing[] = [];
  for (const one of all) handings.push(await handedIn(one, access, options));
  return handings;
}

type Prepared = Pick<Handing, "report" | "reportSha256" | "folder" | "files" | "signedBy" | "repository"> & {
  readonly run: StoredRun;
};

async function prepared(target: string, repository: string, options: ProposeOptions): Promise<Prepared> {
  const run = await soundRun(target, "Hand in", options.now());
  const { report, text, file } = run;
  const fault = notForResults(report);
  if (fault !== undefined) throw new UsageError([{ file, message: `cannot be handed in: ${fault}` }]);
  const signedBy = await signerOf(run, target, options);
  const files = await filesOf(run);
  return { run, repository, report, reportSha256: sha256(text), folder: entryFolder(report, text), files, signedBy };
}

async function handedIn(
  { run, ...told }: Prepared,
  access: GithubAccess,
  { dryRun, base, now }: ProposeOptions,
): Promise<Handing> {
  if (dryRun) return { ...told, landed: undefined, receipt: undefined, exitCode: 0 };
  const { report, reportSha256, folder, files } = told;
  const { propose } = await import("../github/propose.ts");
  const landed = await propose(await access.open(), {
    repository: access.repository,
    base,
    folder,
    files,
    branch: `scs-conformance/${reportSha256.slice(0, 16)}`,
    title: `Report on ${report.subject}: ${report.verdict}, ${report.checkedAt.slice(0, 10)}`,
    body: await bodyOf(told),
    pause: (milliseconds) => access.pause(milliseconds),
  });
  if (!("commit" in landed)) {
    return { ...told, landed, receipt: undefined, exitCode: landed.outcome === "refused" ? 4 : 2 };
  }
  const receipt = path.join(run.folder, "receipt.github.json");
  await writeWhole(receipt, receiptText(told, landed, access.origin, now()));
  return { ...told, landed, receipt, exitCode: 0 };
}

/** Fingerprint of who signed; with a key, an unsigned run is signed now. */
async function signerOf(run: StoredRun, target: string, { signing, dryRun, now }: ProposeOptions): Promise<string> {
  const armored = await intactSignature(run.file, run.text, reportNamespace);
  if (armored !== undefined) return checkSignature(armored, run.text, reportNamespace).fingerprint ?? "a key";
  if (dryRun) return (await openSigner(signing))?.fingerprint ?? "nobody yet";
  if (signing.key === undefined && signing.agent === undefined && signing.signer === undefined) {
    throw new UsageError("What is to be handed in is not signed.", "Give --key FILE or --agent FINGERPRINT.");
  }
  return (await signRun(target, signing, now)).fingerprint;
}

async function filesOf(run: StoredRun) {
  const { scsYaml } = await import("../../reporters/scs-yaml.ts");
  // what does not follow from the report does not travel under its name
  const form = await formBeside(run, scsYaml, "scs-yaml");
  if (form) await intactSignature(path.join(run.folder, form.name), form.content, monitorNamespace);
  const files: { readonly name: string; readonly bytes: Uint8Array }[] = [];
  for (const name of carriedFiles) {
    if (name.startsWith("report.scs.yaml") && form === undefined) continue;
    const bytes = await readIfThere(path.join(run.folder, name), maxCarriedBytes);
    if (bytes !== undefined) files.push({ name, bytes });
  }
  return files;
}

type Told = Omit<Prepared, "run">;

async function bodyOf({ report, reportSha256, folder, signedBy }: Told): Promise<string> {
  const [{ markdownCode, markdownText }, { plain }] = await Promise.all([
    import("../../reporters/text/markdown.ts"),
    import("../../reporters/text/neutralise.ts"),
  ]);
  const code = (text: string) => markdownCode(plain(text));
  return [
    `A report on ${code(report.subject)}: **${report.verdict}** by the scope ${code(report.scope.id)} ${markdownText(plain(report.scope.version))}.`,
    "",
    `- seen at ${report.checkedAt}, judged by ${code(`${report.tool.name} ${report.tool.version}`)}`,
    `- signed by ${code(signedBy)}`,
    `- report.json ${code(`sha256:${reportSha256}`)}, in ${code(folder)}`,
    "",
    `Check it: ${code(`scs-conformance verify ${folder} --allowed-signers allowed_signers`)}`,
    "",
  ].join("\n");
}

function receiptText(told: Told, landed: Landed, github: string, now: Date): string {
  const { outcome, pull, repository: heldBy, branch, commit } = landed;
  const receipt = {
    schemaVersion: 1,
    github,
    repository: told.repository,
    at: instantAt(now.getTime()),
    outcome,
    ...(pull && { pull }),
    heldBy: { repository: heldBy, branch, commit },
    folder: told.folder,
    reportSha256: told.reportSha256,
    signedBy: told.signedBy,
    files: told.files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
  };
  return `${JSON.stringify(receipt, null, 2)}\n`;
}
