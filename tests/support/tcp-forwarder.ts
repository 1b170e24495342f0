/** Forwards TCP on loopback to a port and counts: what a client does to a server that does not count itself. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface TcpForwarder {
  readonly url: string;
  /** Connections accepted so far. */
  readonly accepted: number;
  /** Most connections open at one time. */
  readonly most: number;
}

/** Call it inside a test: it is closed when the test is over. */
export async function startTcpForwarder(port: number): Promise<TcpForwarder> {
  const open = new Set<Socket>();
  const counts = { accepted: 0, most: 0 };
  const server = createServer((client) => {
    counts.accepted += 1;
    open.add(client);
    counts.most = Math.max(counts.most, open.size);
    const upstream = connect(port, "127.0.0.1");
    client.pipe(upstream).pipe(client);
    const end = () => {
      open.delete(client);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on("error", end).on("close", end);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get accepted() {
      return counts.accepted;
    },
    get most() {
      return counts.most;
    },
  };
}
