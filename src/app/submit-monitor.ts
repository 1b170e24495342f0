/** submit --monitor: pre-flight, one signature over all that is sent, the exchange, a receipt beside each report. */
import path from "node:path";
import { UsageError } from "../model/faults.ts";
import { instantAt } from "../model/instant.ts";
import { monitorAddress } from "../monitor/address.ts";
import type { Credentials } from "../monitor/credentials.ts";
import type { ExchangeOptions } from "../monitor/exchange.ts";
import type { MonitorForm } from "../monitor/forms.ts";
import { type HandedIn, handIn } from "../monitor/hand-in.ts";
import { openSigner } from "./key.ts";
import type { SigningOptions } from "./options.ts";
import { type Cleared, knownScopes, preFlight } from "./pre-flight.ts";
import { type Receipt, receiptsOf, writeReceipts } from "./receipt.ts";
import { monitorNamespace } from "./run-files.ts";
import { checkSignature, readSource, type Source } from "./submit-sources.ts";
import { writeWhole } from "./write-file.ts";

export interface SubmitOptions {
  /** Runs' folders, or files in the monitor's form. */
  readonly targets: readonly string[];
  readonly monitor: string;
  /** Not needed for a dry run. */
  readonly credentials: Credentials | undefined;
  readonly delegated: boolean;
  readonly form: MonitorForm;
  /** Definitions of scopes that the monitor knows and the suite does not. */
  readonly scopes: readonly string[];
  readonly signing: SigningOptions;
  readonly dryRun: boolean;
  /** Milliseconds one request may take. */
  readonly timeout: number;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** For HTTPS_PROXY and NO_PROXY. */
  readonly environment: ExchangeOptions["environment"];
}

export interface Submission {
  readonly monitor: string;
  readonly documents: readonly Cleared[];
  /** Undefined for a dry run. */
  readonly handedIn: HandedIn<Cleared> | undefined;
  /** Who signed, or would; undefined when nobody has yet. */
  readonly signedBy: string | undefined;
  /** Receipts that were written. */
  readonly receipts: readonly string[];
  /** Files that no report of ours stands beside: handed in as they are. */
  readonly unjudged: readonly string[];
  readonly exitCode: 0 | 2 | 4;
}

/** UsageError before anything is sent: for wrong words, credentials that are no such, and all that the pre-flight refuses. */
export async function submitToMonitor(options: SubmitOptions): Promise<Submission> {
  const { credentials, dryRun, form, now } = options;
  const address = monitorAddress(options.monitor);
  if (!credentials && !dryRun) {
    throw new UsageError(
      "No credentials were given.",
      "Give --token-file FILE, or see `scs-conformance submit --help`.",
    );
  }
  const sources = await readSources(options);
  const documents = preFlight(sources, {
    now: now(),
    form,
    account: credentials?.account,
    delegated: options.delegated,
    scopes: await knownScopes(options.scopes),
  });
  const sealing = await openSealing(sources, documents, options.signing);
  if (!sealing.ready && !dryRun) {
    throw new UsageError("What is to be handed in is not signed.", "Give --key FILE or --agent FINGERPRINT.");
  }
  const unjudged = sources.flatMap(({ judged, file }) => (judged ? [] : [file]));
  const common = { monitor: address.origin, documents, unjudged };
  if (!credentials || dryRun) {
    return { ...common, handedIn: undefined, signedBy: sealing.signedBy(), receipts: [], exitCode: 0 };
  }
  const { exchangeWith, pause } = await import("../monitor/exchange.ts");
  const { timeout, signal, environment } = options;
  const taken = await receiptsOf(documents, address.origin);
  const handedIn = await handIn({
    exchange: exchangeWith({ address, credentials, timeout, signal, environment }),
    documents,
    hasReceipt: (document) => taken.has(document),
    bodyOf: async (some) => bodyOf(await sealing.seal(some)),
    pause: async (milliseconds) => void (await pause(milliseconds, signal)),
  });
  const sealed = sealing.last();
  const receipt = { monitor: address.origin, at: instantAt(now().getTime()), form, signed: sealed };
  const receipts = await writeReceipts(handedIn, documents, receipt satisfies Receipt);
  if (handedIn.outcome === "stored" && sealed?.beside) await leaveSignature(sealed.beside, sealed.signature);
  const exitCode = { stored: 0, there: 0, refused: 4, unknown: 2 } as const;
  return { ...common, handedIn, signedBy: sealing.signedBy(), receipts, exitCode: exitCode[handedIn.outcome] };
}

async function readSources({ targets, form, now }: SubmitOptions): Promise<readonly Source[]> {
  const sources: Source[] = [];
  const faults: UsageError[] = [];
  for (const target of targets) {
    try {
      sources.push(await readSource(target, form, now()));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      faults.push(error);
    }
  }
  const [first] = faults;
  if (first)
    throw new UsageError(
      faults.flatMap((error) => error.faults),
      first.advice,
    );
  return sources;
}

interface Sealed {
  readonly text: string;
  readonly signature: string;
  readonly signedBy: string | undefined;
  /** The file that this signature may be left beside, as it is over all of it and has none. */
  readonly beside?: Source;
}

interface Sealing {
  /** Whether there is a signature for all of it, or somebody who can sign. */
  readonly ready: boolean;
  signedBy(): string | undefined;
  /** What was sealed last. */
  last(): Sealed | undefined;
  seal(documents: readonly Cleared[]): Promise<Sealed>;
}

/** The caller's key signs what is sent; without one, the signature that stands beside the only file goes with it. */
async function openSealing(
  sources: readonly Source[],
  all: readonly Cleared[],
  signing: SigningOptions,
): Promise<Sealing> {
  const [only] = sources.length === 1 ? sources : [];
  const standing = only?.signature;
  const signer = await openSigner(signing);
  const owner = only && standing !== undefined ? fingerprintOf(standing, only.text) : undefined;
  let last: Sealed | undefined;
  const seal = async (documents: readonly Cleared[]): Promise<Sealed> => {
    const whole = documents.length === all.length ? only : undefined;
    if (whole && standing !== undefined && (!signer || signer.fingerprint === owner)) {
      return { text: whole.text, signature: standing, signedBy: owner };
    }
    if (!signer) {
      throw new UsageError("Part of it is at the monitor already; the rest has no signature of its own.", keys);
    }
    const text = whole ? whole.text : documents.map((document) => asPart(document.text)).join("");
    const signature = await signer.sign(Buffer.from(text, "utf8"), monitorNamespace);
    const left = whole && standing === undefined ? { beside: whole } : {};
    return { text, signature, signedBy: signer.fingerprint, ...left };
  };
  return {
    ready: standing !== undefined || signer !== undefined,
    signedBy: () => (last ? last.signedBy : (signer?.fingerprint ?? owner)),
    last: () => last,
    async seal(documents) {
      last = await seal(documents);
      return last;
    },
  };
}

const keys = "Give --key FILE or --agent FINGERPRINT.";

function fingerprintOf(armored: string, text: string): string | undefined {
  return checkSignature(armored, text, monitorNamespace).fingerprint;
}

async function leaveSignature({ file, text, judged }: Source, signature: string): Promise<void> {
  if (judged) await writeWhole(file, text);
  await writeWhole(path.join(path.dirname(file), `${path.basename(file)}.sig`), signature);
}

/** A document as one of several: from its `---` on, with a newline at its end. */
function asPart(text: string): string {
  const begun = /^---(\s|$)/.test(text) ? text : `---\n${text}`;
  return begun.endsWith("\n") ? begun : `${begun}\n`;
}

/** The separator that the monitor looks for is the signature's last line, a newline and an ampersand. */
function bodyOf({ signature, text }: Sealed): string {
  return `${signature}&${text}`;
}
