/** The reader that probes of the cloud's view get: GET only, every outcome a reading. */
import type { CloudReader, CloudReadOptions, CloudService } from "../model/cloud.ts";
import { type Reading, read, unread } from "../model/fact.ts";
import { Defect } from "../model/faults.ts";
import type { CloudChannel } from "./channel.ts";
import type { CloudSettings } from "./cloud-settings.ts";
import { listPages } from "./pages.ts";
import { microversionTypes, serviceNames } from "./services.ts";
import type { Session } from "./session.ts";

const largest = 32 * 1024 * 1024;

export function createCloudReader(channel: CloudChannel, session: Session, settings: CloudSettings): CloudReader {
  const get = async (
    service: CloudService,
    path: string,
    options: CloudReadOptions = {},
  ): Promise<Reading<unknown>> => {
    if (!path.startsWith("/") || /[^\x21-\x7e]/.test(path))
      throw new Defect(`not a path to request: ${JSON.stringify(path)}`);
    const { microversion } = options;
    let token = await session.current();
    for (let renewed = false; ; renewed = true) {
      if (!token.ok) return unread(token.reason, token.message);
      const address = token.address(service);
      if (!address.ok) return address;
      const answer = await channel.send({
        service,
        address: address.value,
        path,
        headers: {
          "x-auth-token": token.text,
          ...(microversion === undefined
            ? {}
            : { "openstack-api-version": `${microversionTypes[service]} ${microversion}` }),
        },
        maxBytes: options.maxBytes ?? largest,
      });
      if (answer.ok) return jsonOf(answer.text, serviceNames[service]);
      if (answer.status !== 401 || renewed) return unread(answer.reason, answer.message);
      token = await session.renew(token);
    }
  };

  return {
    get,
    list: (service, path, key, options) =>
      listPages((page) => get(service, page, options), path, key, serviceNames[service]),
    region: settings.region,
  };
}

function jsonOf(text: string, name: string): Reading<unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return read(value);
  } catch {
    return unread("malformed", `${name}'s answer is not JSON`);
  }
}
