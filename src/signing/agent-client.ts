/** The two questions of the ssh-agent protocol that signing needs (draft-ietf-sshm-ssh-agent, sections 3.5 and 3.6). */
import { connect } from "node:net";
import { MalformedError, string, uint32, WireReader } from "./ssh-wire.ts";

const requestIdentities = 11;
const identitiesAnswer = 12;
const signRequest = 13;
const signResponse = 14;
const failure = 5;

/** Ask an RSA key for rsa-sha2-256 or rsa-sha2-512; other keys ignore them. */
const rsaFlags = { sha256: 2, sha512: 4 } as const;

/** OpenSSH's own limit for a message. */
const longest = 262_144;

/** What the agent said or did instead of answering; the message completes "ssh-agent ...". */
export class AgentError extends Error {
  override readonly name = "AgentError";
}

/** Public keys that the agent can sign with, in SSH wire form; certificates and unknown kinds among them. */
export async function listIdentities(socket: string, milliseconds: number): Promise<Buffer[]> {
  const reader = await ask(socket, Buffer.of(requestIdentities), identitiesAnswer, milliseconds);
  const count = reader.uint32("number of keys");
  const blobs: Buffer[] = [];
  for (let index = 0; index < count; index++) {
    blobs.push(reader.string("key"));
    reader.string("comment");
  }
  reader.end("list of keys");
  return blobs;
}

/** A signature in SSH wire form. Waits long: the agent may ask a person for consent or a touch. */
export async function requestSignature(
  socket: string,
  key: Buffer,
  bytes: Buffer,
  milliseconds: number,
  rsaHash: keyof typeof rsaFlags = "sha512",
): Promise<Buffer> {
  const request = Buffer.concat([Buffer.of(signRequest), string(key), string(bytes), uint32(rsaFlags[rsaHash])]);
  const reader = await ask(socket, request, signResponse, milliseconds);
  const signature = reader.string("signature");
  reader.end("signature");
  return signature;
}

async function ask(socket: string, request: Buffer, expected: number, milliseconds: number): Promise<WireReader> {
  const reader = new WireReader(await exchange(socket, string(request), milliseconds));
  const kind = reader.byte("kind of answer");
  if (kind === failure) throw new AgentError("refused");
  if (kind !== expected) throw new MalformedError("it is not an answer to the question");
  return reader;
}

/** One connection per question; the answer without its length. */
function exchange(socket: string, message: Buffer, milliseconds: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const stream = connect(socket, () => stream.write(message));
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      stream.destroy();
      settle();
    };
    const timer = setTimeout(
      () => finish(() => reject(new AgentError(`did not answer within ${milliseconds / 1000} s`))),
      milliseconds,
    );
    stream.on("error", () => finish(() => reject(new AgentError("cannot be reached"))));
    stream.on("end", () => finish(() => reject(new AgentError("hung up without an answer"))));
    stream.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4) return;
      const length = received.readUInt32BE();
      if (length > longest) finish(() => reject(new MalformedError(`it is longer than ${longest} bytes`)));
      else if (received.length > 4 + length) finish(() => reject(new MalformedError("it is longer than it says")));
      else if (received.length === 4 + length) finish(() => resolve(received.subarray(4)));
    });
  });
}
