/** What becomes of a body's bytes: one text, or lines that are forgotten as soon as they were seen. */
import { isUtf8 } from "node:buffer";
import { type Failure, failure } from "./failure.ts";

/** Takes a body piece by piece. A failure from either function ends the request with it; after "enough" no more is read. */
export interface Sink<T> {
  write(chunk: Buffer): Failure | "enough" | undefined;
  end(): { readonly value: T } | Failure;
}

const notUtf8 = failure("malformed", "the answer is not UTF-8");

export const tooLarge = (bytes: number): Failure => failure("too-large", `the answer is larger than ${bytes} bytes`);

/** The whole body, valid UTF-8. */
export function bytesSink(maxBytes: number): Sink<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    write: (chunk) => {
      size += chunk.length;
      if (size > maxBytes) return tooLarge(maxBytes);
      chunks.push(chunk);
      return undefined;
    },
    end: () => {
      const [only] = chunks;
      const bytes = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size);
      chunks.length = 0;
      return isUtf8(bytes) ? { value: bytes } : notUtf8;
    },
  };
}

/** The whole body as text, decoded once. */
export function textSink(maxBytes: number): Sink<string> {
  const { write, end } = bytesSink(maxBytes);
  return {
    write,
    end: () => {
      const body = end();
      return "value" in body ? { value: body.value.toString("utf8") } : body;
    },
  };
}

/** The beginning of a body, for the message of a refusal; the rest is not read. */
export function beginningSink(maxBytes: number): Sink<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    write: (chunk) => {
      chunks.push(chunk.subarray(0, maxBytes - size));
      size += chunk.length;
      return size >= maxBytes ? "enough" : undefined;
    },
    end: () => ({ value: Buffer.concat(chunks).toString("utf8") }),
  };
}

/** Hands over each piece as it comes, whatever it holds; the value is the number of bytes. */
export function pieceSink(maxBytes: number, piece: (bytes: Buffer) => void): Sink<number> {
  let size = 0;
  return {
    write: (chunk) => {
      size += chunk.length;
      if (size > maxBytes) return tooLarge(maxBytes);
      piece(chunk);
      return undefined;
    },
    end: () => ({ value: size }),
  };
}

const longestLine = 1024 * 1024;

/** Hands over each line without its line feed; the value is the number of lines. */
export function lineSink(maxBytes: number, line: (text: string) => void): Sink<number> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let size = 0;
  let count = 0;
  let rest = "";
  const feed = (bytes: Buffer | undefined): Failure | undefined => {
    let text: string;
    try {
      text = rest + (bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true }));
    } catch {
      return notUtf8;
    }
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      line(text.slice(start, end));
      count += 1;
      start = end + 1;
    }
    rest = text.slice(start);
    return rest.length > longestLine ? failure("malformed", "the answer has a line of over 1 MiB") : undefined;
  };
  return {
    write: (chunk) => {
      size += chunk.length;
      return size > maxBytes ? tooLarge(maxBytes) : feed(chunk);
    },
    end: () => {
      const fault = feed(undefined);
      if (fault !== undefined) return fault;
      if (rest !== "") {
        line(rest);
        count += 1;
      }
      return { value: count };
    },
  };
}
