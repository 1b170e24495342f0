/** Who may sign: files in the format of ssh-keygen(1), ALLOWED SIGNERS, matched as ssh-keygen 9.2 was seen to match them. */
import { type InputFault, UsageError } from "../model/faults.ts";
import { type PublicKey, parsePublicLine, printable } from "./public-key.ts";
import { OptionFault, parseOptions, type SignerOptions, splitOptions } from "./signer-options.ts";
import { MalformedError } from "./ssh-wire.ts";

export interface AllowedSigner {
  /** Counts from 1. */
  readonly line: number;
  /** Pattern list. */
  readonly principals: string;
  readonly key: PublicKey;
  readonly options: SignerOptions;
}

export interface AllowedSigners {
  readonly signers: readonly AllowedSigner[];
  /** Lines that say nothing, because something in them is wrong: ssh-keygen passes over them, and so do we, aloud. */
  readonly passedOver: readonly InputFault[];
}

const largest = 1024 * 1024;
const mostLines = 10_000;
const noOptions: SignerOptions = {
  certAuthority: false,
  namespaces: undefined,
  validAfter: undefined,
  validBefore: undefined,
};

/** UsageError, all at once, for times without Z: ssh-keygen reads them as local time, so they mean nothing to a second person. */
export function parseAllowedSigners(text: string): AllowedSigners {
  const lines = text.length > largest ? [] : text.split("\n", mostLines + 1);
  if (text.length > largest || lines.length > mostLines) {
    throw new UsageError(`the allowed signers are too many: at most ${largest} bytes and ${mostLines} lines`);
  }
  const signers: AllowedSigner[] = [];
  const passedOver: InputFault[] = [];
  const fatal: InputFault[] = [];
  for (const [index, content] of lines.entries()) {
    const line = index + 1;
    try {
      const signer = parseLine(content.replace(/^[ \t]+/, ""), line);
      if (signer) signers.push(signer);
    } catch (error) {
      if (!(error instanceof OptionFault || error instanceof MalformedError)) throw error;
      const list = error instanceof OptionFault && error.fatal ? fatal : passedOver;
      list.push({ file: "allowed signers", line, message: printable(error.message) });
    }
  }
  if (fatal.length > 0) throw new UsageError(fatal, "write times as YYYYMMDDHHMMSSZ");
  return { signers, passedOver };
}

function parseLine(content: string, line: number): AllowedSigner | undefined {
  if (content.startsWith("#") || content.trim() === "") return undefined;
  const { word: principals, rest } = firstWord(content);
  if (beginsWithKey(rest)) return { line, principals, key: parsePublicLine(rest), options: noOptions };
  const split = splitOptions(rest);
  if (split === undefined) throw new OptionFault("a quote is not closed");
  const options = parseOptions(split.options);
  return { line, principals, key: parsePublicLine(split.rest), options };
}

/** Up to the first blank; a quote, wherever it stands, ends the word at its partner. */
function firstWord(content: string): { word: string; rest: string } {
  const match = /^([^ \t\r"]*)(?:"([^"]*)")?[ \t\r]*(.*)$/s.exec(content);
  if (!match || (match[3] ?? "").startsWith('"')) throw new OptionFault("a quote is not closed");
  return { word: `${match[1] ?? ""}${match[2] ?? ""}`, rest: match[3] ?? "" };
}

function beginsWithKey(text: string): boolean {
  return /^(ssh|ecdsa|sk-ssh|sk-ecdsa)-[^ \t"=,]+[ \t]/.test(text);
}
