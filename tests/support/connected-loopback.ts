/** A loopback server with our own reader connected to it, both closed when the test is over. */
import { onTestFinished } from "vitest";
import { type Connection, type ConnectOptions, connect } from "../../src/kubernetes/connect.ts";
import type { ClusterReader } from "../../src/model/cluster.ts";
import {
  type LoopbackHandler,
  type LoopbackOptions,
  type LoopbackServer,
  startLoopbackServer,
} from "./loopback-server.ts";

export interface ConnectedLoopback {
  readonly loopback: LoopbackServer;
  readonly connection: Connection;
  readonly reader: ClusterReader;
}

/** Retries wait only milliseconds; nothing of this machine's environment is used. Call it inside a test. */
export async function connectedLoopback(
  handler: LoopbackHandler,
  server: LoopbackOptions = {},
  options: ConnectOptions = {},
): Promise<ConnectedLoopback> {
  const loopback = await startLoopbackServer(handler, server);
  onTestFinished(() => loopback.close());
  const connection = await connect({
    kubeconfig: loopback.kubeconfigFile,
    environment: {},
    requestTimeoutMilliseconds: 5_000,
    retries: { backoffMilliseconds: 5, longestMilliseconds: 20 },
    ...options,
  });
  onTestFinished(() => connection.close());
  return { loopback, connection, reader: connection.reader };
}

/** Connects by the server's kubeconfig as often as it is called, with the programs of this machine and no more of it. */
export function openerTo(loopback: LoopbackServer, options: ConnectOptions = {}): () => Promise<Connection> {
  return async () => {
    const environment = { PATH: process.env.PATH };
    const connection = await connect({ kubeconfig: loopback.kubeconfigFile, environment, ...options });
    onTestFinished(() => connection.close());
    return connection;
  };
}
