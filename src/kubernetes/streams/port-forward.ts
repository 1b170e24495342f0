/**
 * TCP connections to ports of a pod: `pods/portforward` by websocket, one connection each
 * (k8s.io/cri-streaming, portforward/websocket.go). Of a pod on the host's network it leads to the node's own loopback.
 */
import { Duplex } from "node:stream";
import { cleanMessage } from "../../http/clean-message.ts";
import { failure, ReadFault } from "../../http/failure.ts";
import { type Reading, read } from "../../model/fact.ts";
import type { ObjectName } from "../../model/probe.ts";
import type { StreamOpener } from "./opener.ts";
import type { WebSocketLink } from "./web-socket.ts";

const protocols = ["v4.channel.k8s.io"];
const channels = { data: 0, error: 1 } as const;
/** Of an error's text; the rest is read and forgotten. */
const longestError = 2_000;
/** Bytes of one message towards the pod. */
const longestPiece = 32_768;

export interface PortForwardOptions {
  /** For all of it, until the connection must be over. */
  readonly milliseconds: number;
  /** Bytes from the pod at most; more ends the stream with `too-large`. */
  readonly maxBytes: number;
}

const malformed = (what: string) => new ReadFault(failure("malformed", `the port-forward ${what}`));

/** Nobody listens on the port: an answer for who asks just that. */
export class RefusedPort extends ReadFault {
  constructor(port: number) {
    super(failure("unreachable", `nothing listens on port ${port}`));
    this.name = "RefusedPort";
  }
}

/** What the kubelet says about a port that nobody listens on: in the words of runtimes, all of which quote the kernel. */
function refusalOf(text: string, port: number, confidential: readonly string[]): ReadFault {
  if (/connection refused/i.test(text)) return new RefusedPort(port);
  return new ReadFault(failure("unreachable", `no connection to port ${port}: ${cleanMessage(text, confidential)}`));
}

function streamOver(
  link: WebSocketLink,
  port: number,
  { maxBytes }: PortForwardOptions,
  confidential: readonly string[],
): Duplex {
  /** Channels whose first message, the port again, has come. */
  const begun = new Set<number>();
  let received = 0;
  let waiting: (() => void) | undefined;
  const stream = new Duplex({
    read: () => link.resume(),
    write: (chunk: Buffer, _, done) => {
      let free = true;
      for (let start = 0; start < chunk.length; start += longestPiece) {
        const piece = chunk.subarray(start, start + longestPiece);
        free = link.send(Buffer.concat([Buffer.of(channels.data), piece]));
      }
      if (free) done();
      else waiting = done;
    },
    // Half a connection cannot be closed over this protocol.
    final: (done) => done(),
    destroy: (error, done) => {
      link.close();
      done(error);
    },
  });
  link.listen({
    message: (message) => {
      const [channel = 255] = message;
      if (channel !== channels.data && channel !== channels.error) {
        return void stream.destroy(malformed("uses channels that were not opened"));
      }
      const data = message.subarray(1);
      if (!begun.has(channel)) {
        if (data.length !== 2 || data.readUInt16LE(0) !== port)
          return void stream.destroy(malformed("names another port"));
        begun.add(channel);
        return;
      }
      if (channel === channels.error) {
        return void stream.destroy(refusalOf(data.subarray(0, longestError).toString("utf8"), port, confidential));
      }
      received += data.length;
      if (received > maxBytes) {
        return void stream.destroy(new ReadFault(failure("too-large", `port ${port} sends over ${maxBytes} bytes`)));
      }
      // A copy: the message is only valid during this call.
      if (data.length > 0 && !stream.push(Buffer.from(data))) link.pause();
    },
    closed: (fault) => {
      if (fault === undefined || fault.broken) stream.push(null);
      else stream.destroy(new ReadFault(fault));
    },
    drained: () => {
      const done = waiting;
      waiting = undefined;
      done?.();
    },
  });
  return stream;
}

/**
 * The connection itself is made by the kubelet after this answers: that nobody listens shows as an error of the stream, a
 * {@link ReadFault}.
 */
export async function portForward(
  opener: StreamOpener,
  pod: ObjectName,
  port: number,
  options: PortForwardOptions,
  confidential: readonly string[],
): Promise<Reading<Duplex>> {
  const { namespace, name } = pod;
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/portforward?ports=${port}`;
  const opened = await opener.open(path, { protocols, milliseconds: options.milliseconds });
  return opened.ok ? read(streamOver(opened.value, port, options, confidential)) : opened;
}
