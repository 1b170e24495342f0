/** Which address of the catalogue a service is asked at (Identity API v3, the token's `catalog`). */

import type { CloudService } from "../model/cloud.ts";
import { type Reading, read, unread } from "../model/fact.ts";
import { isJsonObject } from "../model/json.ts";
import { type CloudSettings, isSafe } from "./cloud-settings.ts";
import { catalogueTypes, ownVersion, serviceNames } from "./services.ts";

const mostEntries = 1000;

interface Endpoint {
  readonly interface: unknown;
  readonly region: unknown;
  readonly url: string;
}

function endpointsOf(catalogue: unknown, types: readonly string[]): readonly Endpoint[] {
  if (!Array.isArray(catalogue)) return [];
  const services = catalogue.slice(0, mostEntries).filter(isJsonObject);
  const [first] = types.flatMap((type) => services.filter((service) => service.type === type).slice(0, 1));
  const endpoints = Array.isArray(first?.endpoints) ? first.endpoints.slice(0, mostEntries) : [];
  return endpoints.flatMap((endpoint): readonly Endpoint[] => {
    if (!isJsonObject(endpoint) || typeof endpoint.url !== "string") return [];
    return [{ interface: endpoint.interface, region: endpoint.region_id ?? endpoint.region, url: endpoint.url }];
  });
}

/** The address without a slash at its end and without the version that our paths name themselves. */
function plain(service: CloudService, url: URL): URL {
  const copy = new URL(url);
  copy.search = "";
  copy.hash = "";
  copy.pathname = copy.pathname.replace(/\/+$/, "");
  const version = ownVersion[service];
  if (version !== undefined) copy.pathname = copy.pathname.replace(version, "");
  return copy;
}

/** Without a region named in clouds.yaml there has to be but one. */
export function addressIn(catalogue: unknown, service: CloudService, settings: CloudSettings): Reading<URL> {
  const override = service === "identity" ? settings.identity : settings.overrides[service];
  if (override !== undefined) return read(plain(service, override));
  const name = serviceNames[service];
  const all = endpointsOf(catalogue, catalogueTypes[service]);
  if (all.length === 0) return unread("not-served", `the cloud's catalogue has no ${name}`);
  const reached = all.filter((endpoint) => endpoint.interface === settings.interface);
  const regions = new Set(reached.map(({ region }) => region));
  if (settings.region === undefined && regions.size > 1)
    return unread(
      "not-served",
      `the cloud's catalogue has ${name} in ${regions.size} regions, and clouds.yaml names none`,
    );
  const [endpoint] = reached.filter(({ region }) => settings.region === undefined || region === settings.region);
  if (endpoint === undefined)
    return unread(
      "not-served",
      `the cloud's catalogue has no ${settings.interface} address of ${name} for this region`,
    );
  if (!URL.canParse(endpoint.url)) return unread("malformed", `the catalogue's address of ${name} is not a URL`);
  const url = new URL(endpoint.url);
  if (url.username !== "" || url.password !== "" || !isSafe(url))
    return unread("tls", `the catalogue's address of ${name} is not https, so no token is sent there`);
  return read(plain(service, url));
}
