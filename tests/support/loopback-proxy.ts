/** An HTTP proxy on loopback that knows CONNECT and sends every tunnel to one port, whatever name was asked for. */
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface LoopbackProxy {
  readonly url: string;
  /** `host:port` and Proxy-Authorization of each CONNECT. */
  readonly tunnels: readonly { readonly target: string; readonly authorization: string | undefined }[];
}

/** @param answer "connect", a status to refuse with, "silence", "garbage", or "close" */
export async function startLoopbackProxy(
  port: number,
  answer: "connect" | "silence" | "garbage" | "close" | number = "connect",
): Promise<LoopbackProxy> {
  const tunnels: { target: string; authorization: string | undefined }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  server.on("connect", (request, stream) => {
    tunnels.push({ target: request.url ?? "", authorization: request.headers["proxy-authorization"] });
    if (answer === "close") stream.end();
    if (answer === "garbage") stream.write("hello\r\n\r\n");
    if (typeof answer === "number") stream.end(`HTTP/1.1 ${answer} No\r\nConnection: close\r\n\r\n`);
    if (answer !== "connect") return;
    const upstream = connect(port, "127.0.0.1", () => {
      stream.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(stream).pipe(upstream);
    });
    sockets.add(upstream);
    upstream.on("error", () => stream.destroy());
    stream.on("error", () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tunnels };
}
