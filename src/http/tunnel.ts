/** A TCP connection to a server through an HTTP proxy: CONNECT (RFC 9110, 9.3.6). */
import { connect as connectTcp, isIPv6, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { failure, ReadFault } from "./failure.ts";
import type { Peer, Target } from "./target.ts";

const largestHead = 16_384;

const broken = (message: string) => new ReadFault(failure("unreachable", message));

function dial(proxy: URL): Socket {
  const host = proxy.hostname.replace(/^\[|\]$/g, "");
  const secure = proxy.protocol === "https:";
  const port = proxy.port === "" ? (secure ? 443 : 80) : Number(proxy.port);
  return secure
    ? connectTls({ host, port, rejectUnauthorized: true, ...(isIPv6(host) ? {} : { servername: host }) })
    : connectTcp({ host, port });
}

function head(proxy: URL, host: string, port: number): string {
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const credentials =
    proxy.username === "" ? "" : `Proxy-Authorization: Basic ${Buffer.from(user).toString("base64")}\r\n`;
  return `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${credentials}\r\n`;
}

function refusal(status: string | undefined, peer: Peer): ReadFault {
  if (status === undefined) return broken("the proxy does not answer like an HTTP proxy");
  if (status === "407") return broken("the proxy asks for credentials; put them into its URL");
  return broken(`the proxy answered ${status} instead of connecting to ${peer.name}`);
}

/** Rejects with a {@link ReadFault}; the socket is destroyed then, also when nothing comes for the given time. */
export function openTunnel(
  proxy: URL,
  { host, port, peer }: Pick<Target, "host" | "port" | "peer">,
  timeoutMilliseconds: number,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = dial(proxy);
    let received = Buffer.alloc(0);
    const fail = (error: ReadFault) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const late = () => fail(new ReadFault(failure("timeout", `the proxy did not connect to ${peer.name} in time`)));
    const timer = setTimeout(late, timeoutMilliseconds);
    const onError = () => fail(broken("the proxy cannot be reached"));
    const onEnd = () => fail(broken("the proxy closed the connection"));
    const onData = (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const end = received.indexOf("\r\n\r\n");
      if (end < 0) {
        if (received.length > largestHead) fail(refusal(undefined, peer));
        return;
      }
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(received.subarray(0, end).toString("latin1"))?.[1];
      if (status?.startsWith("2") !== true) return fail(refusal(status, peer));
      clearTimeout(timer);
      socket.off("data", onData).off("error", onError).off("end", onEnd).pause();
      const rest = received.subarray(end + 4);
      if (rest.length > 0) socket.unshift(rest);
      resolve(socket);
    };
    socket.on("data", onData).on("error", onError).on("end", onEnd);
    socket.write(head(proxy, host, port));
  });
}
