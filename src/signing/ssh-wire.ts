/** The data types of the SSH protocol (RFC 4251, section 5), read with strict bounds and written in one form only. */

/** Bytes that are not what they should be; the message completes "... is broken: ". */
export class MalformedError extends Error {
  override readonly name = "MalformedError";
}

/** 16384 bits and the sign byte: what OpenSSH takes as a big number. */
const longestMpint = 2049;

/** Reads SSH data from front to back; MalformedError where the bytes end early, hold too much, or are not in their shortest form. */
export class WireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  take(length: number, what: string): Buffer {
    if (length > this.left) throw new MalformedError(`it ends inside the ${what}`);
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return part;
  }

  byte(what: string): number {
    return this.take(1, what).readUInt8();
  }

  uint32(what: string): number {
    return this.take(4, what).readUInt32BE();
  }

  string(what: string): Buffer {
    return this.take(this.uint32(`length of the ${what}`), what);
  }

  /** A name of an algorithm, curve or format: printable ASCII. */
  name(what: string): string {
    const text = this.string(what).toString("latin1");
    if (!/^[\x21-\x7e]{1,64}$/.test(text)) throw new MalformedError(`the ${what} is not a name`);
    return text;
  }

  /** The magnitude of a positive number, big-endian, without leading zeros. */
  mpint(what: string): Buffer {
    const bytes = this.string(what);
    const [first, second] = bytes;
    if (first === undefined || bytes.length > longestMpint) throw new MalformedError(`the ${what} is out of range`);
    if (first >= 0x80) throw new MalformedError(`the ${what} is negative`);
    if (first !== 0) return bytes;
    if (second === undefined || second < 0x80) throw new MalformedError(`the ${what} is not in its shortest form`);
    return bytes.subarray(1);
  }

  end(what: string): void {
    if (this.left > 0) throw new MalformedError(`${this.left} bytes follow the ${what}`);
  }
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function string(value: string | Uint8Array): Buffer {
  const bytes = typeof value === "string" ? Buffer.from(value) : value;
  return Buffer.concat([uint32(bytes.length), bytes]);
}

/** An mpint from an unsigned big-endian magnitude of any length. */
export function mpint(magnitude: Uint8Array): Buffer {
  const first = magnitude.findIndex((byte) => byte !== 0);
  if (first < 0) return uint32(0);
  const digits = magnitude.subarray(first);
  const signed = (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits;
  return string(signed);
}

/** Bytes of base64 text in its one canonical form: full padding, no spare bits, no other characters; undefined for anything else. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}
