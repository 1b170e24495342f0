/** A cloud imitation with our own reader connected to it, both closed when the test is over. */
import { onTestFinished } from "vitest";
import { type CloudConnection, type ConnectCloudOptions, connectCloud } from "../../../src/openstack/connect-cloud.ts";
import { type CloudImitation, type ImitationOptions, startCloudImitation } from "./imitation.ts";

export interface ConnectedCloud extends CloudConnection {
  readonly imitation: CloudImitation;
}

/** Retries wait only milliseconds; nothing of this machine's environment is used. Call it inside a test. */
export async function connectedCloud(
  options: ImitationOptions = {},
  connecting: Partial<ConnectCloudOptions> = {},
): Promise<ConnectedCloud> {
  const imitation = await startCloudImitation(options);
  onTestFinished(() => imitation.server.close());
  const connection = connectCloud({
    cloud: "loopback",
    environment: imitation.environment,
    home: imitation.server.folder,
    workingFolder: imitation.server.folder,
    systemFolder: imitation.server.folder,
    requestTimeoutMilliseconds: 5_000,
    retries: { backoffMilliseconds: 5, longestMilliseconds: 20 },
    ...connecting,
  });
  onTestFinished(() => connection.close());
  return { ...connection, imitation };
}
