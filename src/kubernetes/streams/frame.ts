/** Frames of RFC 6455, section 5: what a client writes, and what it accepts from a server. */
import { randomBytes } from "node:crypto";

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Frame {
  readonly final: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
}

/** Of a control frame (RFC 6455, 5.5). */
const longestControl = 125;

const isControl = (opcode: number): boolean => opcode >= 8;

/** A whole message in one frame, masked as every frame of a client is (5.3). */
export function clientFrame(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = Buffer.allocUnsafe(2 + extended + 4 + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (extended === 0 ? length : extended === 2 ? 126 : 127);
  if (extended === 2) frame.writeUInt16BE(length, 2);
  if (extended === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  const mask = randomBytes(4);
  const start = 2 + extended + 4;
  mask.copy(frame, start - 4);
  for (let index = 0; index < length; index += 1) {
    frame[start + index] = (payload[index] ?? 0) ^ (mask[index & 3] ?? 0);
  }
  return frame;
}

/** What is wrong with a frame, as a sentence's end: `it masks its frames`. */
export interface FrameFault {
  readonly fault: string;
}

/** Takes bytes as they come; gives the next frame, nothing yet, or a fault, after which it is of no more use. */
export interface FrameReader {
  push(chunk: Buffer): void;
  next(): Frame | FrameFault | undefined;
}

/** @param longest bytes of one frame's payload; a longer one is a fault before a byte of it is kept */
export function createFrameReader(longest: number): FrameReader {
  let chunks: Buffer[] = [];
  let size = 0;

  const whole = (): Buffer => {
    const [first] = chunks;
    if (chunks.length === 1 && first !== undefined) return first;
    const joined = Buffer.concat(chunks, size);
    chunks = [joined];
    return joined;
  };

  const head = (bytes: Buffer): { length: number; start: number } | FrameFault | undefined => {
    const [first = 0, second = 0] = bytes;
    const opcode = first & 0x0f;
    if ((first & 0x70) !== 0) return { fault: "it uses extensions that nobody agreed on" };
    if ((second & 0x80) !== 0) return { fault: "it masks its frames, as only clients do" };
    const short = second & 0x7f;
    if (isControl(opcode) && (short > longestControl || (first & 0x80) === 0)) {
      return { fault: "it sends a control frame that is too long or in parts" };
    }
    if (!Object.values<number>(opcodes).includes(opcode)) return { fault: "it sends a frame of an unknown kind" };
    if (short < 126) return { length: short, start: 2 };
    const start = short === 126 ? 4 : 10;
    if (bytes.length < start) return undefined;
    const length = short === 126 ? BigInt(bytes.readUInt16BE(2)) : bytes.readBigUInt64BE(2);
    if (length > BigInt(longest)) return { fault: `it sends a frame of more than ${longest} bytes` };
    return { length: Number(length), start };
  };

  return {
    push: (chunk) => {
      chunks.push(chunk);
      size += chunk.length;
    },
    next: () => {
      if (size < 2) return undefined;
      // The head decides before the payload is put together: no byte is copied twice while a long frame comes in.
      const beginning = (chunks[0]?.length ?? 0) >= 10 ? (chunks[0] ?? whole()) : whole();
      const found = head(beginning);
      if (found === undefined || "fault" in found) return found;
      const end = found.start + found.length;
      if (size < end) return undefined;
      const bytes = whole();
      const [first = 0] = bytes;
      chunks = [bytes.subarray(end)];
      size -= end;
      return { final: (first & 0x80) !== 0, opcode: first & 0x0f, payload: bytes.subarray(found.start, end) };
    },
  };
}
