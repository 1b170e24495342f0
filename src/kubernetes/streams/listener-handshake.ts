/** TLS handshakes over a stream, without a client certificate: who answers, and whether it lets anybody in. */
import type { Duplex } from "node:stream";
import { connect, type SecureVersion, type TLSSocket } from "node:tls";
import { ReadFault } from "../../http/failure.ts";
import { type Reading, read, unread } from "../../model/fact.ts";
import type { ListenerTls } from "../../model/listeners.ts";
import { chainOf } from "../handshake.ts";
import { RefusedPort } from "./port-forward.ts";
import { type SeenHandshake, watchHandshake } from "./tls-messages.ts";

interface Tried {
  readonly seen: SeenHandshake;
  /** The handshake came to its end, and the server had a word to say after it or none within the time. */
  readonly established: boolean;
  readonly chain: readonly Uint8Array[];
  /** The server said after it was established that a certificate is missing: in TLS 1.3 a refusal comes only then. */
  readonly refusedLate: boolean;
  readonly fault: ReadFault | undefined;
}

/** protocol_version: the server speaks TLS 1.3 alone. */
const protocolVersion = 70;
/** What servers say to a client without a certificate: handshake_failure, bad_certificate, certificate_required. */
const withoutCertificate = [40, 42, 116];
const saidLate = /^ERR_SSL_\w+_ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|HANDSHAKE_FAILURE)$/;

/** Without verification: the certificate is what is asked for. `host` in GET is needed by no server that is asked here. */
const question = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

function tryOnce(stream: Duplex, version: SecureVersion, milliseconds: number): Promise<Tried> {
  return new Promise((resolve) => {
    const watch = watchHandshake();
    let established = false;
    let chain: readonly Uint8Array[] = [];
    let fault: ReadFault | undefined;
    stream.on("data", (chunk: Buffer) => watch.see(chunk));
    stream.on("error", (error) => {
      if (error instanceof ReadFault) fault = error;
    });
    const socket: TLSSocket = connect({
      socket: stream,
      rejectUnauthorized: false,
      minVersion: version,
      maxVersion: version,
      servername: "",
    });
    const done = (refusedLate: boolean) => {
      clearTimeout(timer);
      resolve({ seen: watch.seen(), established, chain, refusedLate, fault });
      socket.destroy();
      stream.destroy();
    };
    const timer = setTimeout(() => done(false), milliseconds);
    socket.on("error", (error) => done(established && "code" in error && saidLate.test(String(error.code))));
    socket.on("end", () => done(false));
    socket.on("close", () => done(false));
    socket.on("secureConnect", () => {
      established = true;
      chain = chainOf(socket, []);
      socket.write(question);
    });
    socket.on("data", () => done(false));
  });
}

/** A handshake that failed for another reason tells nothing. */
function howStrict({ established, seen }: Tried): ListenerTls["clientCertificate"] {
  if (established) return "requested";
  return withoutCertificate.includes(seen.alert ?? 0) ? "required" : null;
}

const silent = (port: number) => unread("timeout", `port ${port} did not answer in time`);

/**
 * @param open a connection to the listener, a new one for each try
 * TLS 1.2 first, in which the certificate and the question for one are in the clear; 1.3 where the server has nothing else.
 */
export async function listenerHandshake(
  open: () => Promise<Reading<Duplex>>,
  port: number,
  milliseconds: number,
): Promise<Reading<ListenerTls | "plain" | "refused">> {
  const opened = await open();
  if (!opened.ok) return opened;
  const first = await tryOnce(opened.value, "TLSv1.2", milliseconds);
  if (first.fault instanceof RefusedPort) return read("refused");
  if (first.fault) return unread(first.fault.failure.reason, first.fault.message);
  const { seen } = first;
  if (seen.plain) return read("plain");
  if (seen.complete && seen.chain.length > 0) {
    return read({ chain: seen.chain, clientCertificate: seen.asksForCertificate ? howStrict(first) : "not-requested" });
  }
  if (seen.alert !== protocolVersion) {
    return seen.alert === undefined ? silent(port) : unread("tls", `port ${port} ends the handshake (${seen.alert})`);
  }
  const again = await open();
  if (!again.ok) return again;
  const second = await tryOnce(again.value, "TLSv1.3", milliseconds);
  if (second.fault) return unread(second.fault.failure.reason, second.fault.message);
  if (second.chain.length === 0) return silent(port);
  return read({ chain: second.chain, clientCertificate: second.refusedLate ? "required" : null });
}
