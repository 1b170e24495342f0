/**
 * Dead Simple Signing Envelopes (secure-systems-lab/dsse, protocol.md and envelope.md, version 1): a payload with its type, and
 * signatures over both. No key stands in them, only the name of one.
 */
import { MalformedError } from "./ssh-wire.ts";

export interface Envelope {
  readonly payloadType: string;
  readonly payload: Buffer;
  /** Who claims to have signed, and the signature's bytes. */
  readonly signatures: readonly { readonly keyid: string; readonly sig: Buffer }[];
}

/** A statement over a report takes a few KiB; nothing that we wrote is larger than this. */
export const largestEnvelope = 4 * 1024 * 1024;

/** What is signed: lengths make every pair of type and payload one text of its own (PAE). */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType, "utf8");
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}

/** The envelope as JSON, keys in order, base64 with padding, one trailing newline. */
export function envelopeText({ payloadType, payload, signatures }: Envelope): string {
  const envelope = {
    payload: payload.toString("base64"),
    payloadType,
    signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig: sig.toString("base64") })),
  };
  return `${JSON.stringify(envelope, null, 2)}\n`;
}

/** MalformedError for anything but an envelope with one signature at least, in exactly the form that `envelopeText` writes. */
export function parseEnvelope(text: string): Envelope {
  if (text.length > largestEnvelope) throw new MalformedError("it is too long for an envelope");
  const { payload, payloadType, signatures } = fields(jsonOf(text), "it");
  if (typeof payloadType !== "string" || !Array.isArray(signatures)) throw new MalformedError("it is no DSSE envelope");
  if (signatures.length === 0) throw new MalformedError("it holds no signature");
  const envelope: Envelope = {
    payloadType,
    payload: bytesOf(payload, "payload"),
    signatures: signatures.map((one: unknown) => {
      const { keyid, sig } = fields(one, "a signature");
      if (typeof keyid !== "string") throw new MalformedError("a signature names no key");
      return { keyid, sig: bytesOf(sig, "signature") };
    }),
  };
  // one envelope has one text: nothing can hide beside what is looked at, or be read in two ways
  if (envelopeText(envelope) !== text) throw new MalformedError("it is not in the form that was written");
  return envelope;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedError("it is not JSON");
  }
}

function fields(value: unknown, what: string): { readonly [name: string]: unknown } {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new MalformedError(`${what} is not an object`);
}

/** Standard alphabet with padding, as we write it; the specification lets others use the URL-safe one. */
function bytesOf(value: unknown, what: string): Buffer {
  const bytes = typeof value === "string" ? Buffer.from(value, "base64") : undefined;
  if (bytes === undefined || bytes.length === 0) throw new MalformedError(`the ${what} is not base64`);
  return bytes;
}
