/**
 * What a server says in the open part of a TLS handshake (RFC 5246, section 7.4): certificates, and whether it asks for one.
 * Node shows neither of a server that refuses, nor ever that a certificate was asked for.
 */

const recordTypes = { alert: 21, handshake: 22 } as const;
const messages = { certificate: 11, certificateRequest: 13, serverHelloDone: 14 } as const;
/** Bytes of a handshake that are looked at; a chain of ten certificates has 20 KiB. */
const mostBytes = 131_072;
const longestChain = 10;

export interface SeenHandshake {
  /** DER, leaf first. */
  readonly chain: readonly Uint8Array[];
  readonly asksForCertificate: boolean;
  /** The server's part came to its end, so that what it did not say it does not say. */
  readonly complete: boolean;
  /** Description of a fatal alert: 70 is protocol_version. */
  readonly alert: number | undefined;
  /** The first bytes are no TLS record. */
  readonly plain: boolean;
}

export interface HandshakeWatch {
  /** Takes the server's bytes as they come. */
  see(chunk: Uint8Array): void;
  seen(): SeenHandshake;
}

/** Three bytes, big endian. */
const uint24 = (bytes: Buffer, at: number): number => bytes.readUIntBE(at, 3);

function certificatesOf(body: Buffer): Buffer[] {
  const chain: Buffer[] = [];
  for (let at = 3; at + 3 <= body.length && chain.length < longestChain; ) {
    const length = uint24(body, at);
    if (length === 0 || at + 3 + length > body.length) break;
    chain.push(Buffer.from(body.subarray(at + 3, at + 3 + length)));
    at += 3 + length;
  }
  return chain;
}

/** Handshake bytes and the first alert of all whole records; a record may hold several messages, a message several records. */
function recordsOf(bytes: Buffer): { handshake: Buffer; alert: number | undefined } {
  const parts: Buffer[] = [];
  let alert: number | undefined;
  for (let at = 0; at + 5 <= bytes.length; ) {
    const [type = 0] = bytes.subarray(at);
    const end = at + 5 + bytes.readUInt16BE(at + 3);
    if (end > bytes.length) break;
    const body = bytes.subarray(at + 5, end);
    if (type === recordTypes.alert && body.length === 2 && body[0] === 2) alert ??= body[1];
    // after anything else but a handshake in the clear, what follows is encrypted
    if (type !== recordTypes.handshake) break;
    parts.push(body);
    at = end;
  }
  return { handshake: Buffer.concat(parts), alert };
}

export function watchHandshake(): HandshakeWatch {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    see: (chunk) => {
      const room = mostBytes - size;
      if (room > 0) chunks.push(Buffer.from(chunk.subarray(0, room)));
      size += Math.min(room, chunk.length);
    },
    seen: () => {
      const bytes = Buffer.concat(chunks);
      const { handshake, alert } = recordsOf(bytes);
      let chain: Buffer[] = [];
      let asksForCertificate = false;
      let complete = false;
      for (let at = 0; at + 4 <= handshake.length && !complete; ) {
        const [type] = handshake.subarray(at);
        const end = at + 4 + uint24(handshake, at + 1);
        if (end > handshake.length) break;
        if (type === messages.certificate) chain = certificatesOf(handshake.subarray(at + 4, end));
        if (type === messages.certificateRequest) asksForCertificate = true;
        if (type === messages.serverHelloDone) complete = true;
        at = end;
      }
      const plain = bytes.length >= 3 && ![20, 21, 22, 23].includes(bytes[0] ?? 0);
      return { chain, asksForCertificate, complete, alert, plain };
    },
  };
}
