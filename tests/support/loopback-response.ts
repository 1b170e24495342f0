/** How the loopback server answers, faults included. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";

/**
 * - `hang-after-accept`: the request is taken and never answered
 * - `hang-after-headers`: headers and half the body, then silence
 * - `drip`: the body one byte every 20 ms
 * - `cut`: half the body that Content-Length promises, then the connection ends
 * - `reset`: the connection is reset before any answer
 * - `never-tls`: reset, and from now on no new connection gets a TLS handshake
 */
export type LoopbackFault = "hang-after-accept" | "hang-after-headers" | "drip" | "cut" | "reset" | "never-tls";

export interface LoopbackResponse {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  /** Text, bytes, or a value sent as JSON. */
  readonly body?: string | Uint8Array | object;
  readonly delayMilliseconds?: number;
  readonly fault?: LoopbackFault;
}

const reasons: { readonly [status: number]: string } = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  406: "NotAcceptable",
  410: "Expired",
  429: "TooManyRequests",
  500: "InternalError",
  503: "ServiceUnavailable",
  504: "Timeout",
};

/** A `Status` object as an API server writes it. */
export function statusObject(code: number, message: string, metadata: object = {}): object {
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata,
    status: "Failure",
    message,
    reason: reasons[code] ?? "Unknown",
    code,
  };
}

function bytesOf(body: LoopbackResponse["body"]): { bytes: Buffer; type: string } {
  if (body === undefined) return { bytes: Buffer.alloc(0), type: "text/plain; charset=utf-8" };
  if (typeof body === "string") return { bytes: Buffer.from(body), type: "text/plain; charset=utf-8" };
  if (body instanceof Uint8Array) return { bytes: Buffer.from(body), type: "application/octet-stream" };
  return { bytes: Buffer.from(JSON.stringify(body)), type: "application/json" };
}

async function drip(response: ServerResponse, bytes: Buffer): Promise<void> {
  for (const byte of bytes) {
    if (response.destroyed) return;
    response.write(Buffer.from([byte]));
    await pause(20);
  }
  response.end();
}

/** Sends an answer, with a Date header as every API server has. */
export async function sendResponse(
  request: IncomingMessage,
  response: ServerResponse,
  given: LoopbackResponse,
  gzip = false,
): Promise<void> {
  if (given.delayMilliseconds !== undefined) await pause(given.delayMilliseconds, undefined, { ref: false });
  if (given.fault === "hang-after-accept") return;
  if (given.fault === "reset" || given.fault === "never-tls") {
    const socket: Socket & { _parent?: Socket } = request.socket;
    // The RST must come from the TCP socket under the TLS one.
    (socket._parent ?? socket).resetAndDestroy();
    return;
  }
  const { bytes: plain, type } = bytesOf(given.body);
  const compress = gzip && /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  const bytes = compress ? gzipSync(plain) : plain;
  response.writeHead(given.status ?? 200, {
    "content-type": type,
    ...(given.headers?.["transfer-encoding"] === undefined ? { "content-length": String(bytes.length) } : {}),
    ...(compress ? { "content-encoding": "gzip" } : {}),
    ...given.headers,
  });
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  if (given.fault === "hang-after-headers") response.write(half);
  else if (given.fault === "cut") response.write(half, () => request.socket.destroy());
  else if (given.fault === "drip") await drip(response, bytes);
  else response.end(bytes);
}
