/** Which proxy to use, by the rules of Go's golang.org/x/net/http/httpproxy, which kubectl follows. */
import { BlockList, isIP } from "node:net";
import { UsageError } from "../model/faults.ts";
import type { Environment } from "./environment.ts";

function parseProxy(text: string, source: string): URL {
  const full = text.includes("://") ? text : `http://${text}`;
  if (!URL.canParse(full)) throw new UsageError(`the proxy of ${source} is not a URL`);
  const url = new URL(full);
  if (url.protocol === "http:" || url.protocol === "https:") {
    if (/%(?![0-9a-f]{2})/i.test(url.username + url.password)) {
      throw new UsageError(`the proxy of ${source} has a user or password with a bare %; write it as %25`);
    }
    return url;
  }
  throw new UsageError(
    `the proxy of ${source} is of the kind ${url.protocol.slice(0, -1)}, which is not supported`,
    "use an http or https proxy, or a tunnel of your own",
  );
}

function inRange(host: string, range: string): boolean {
  const [address = "", bits = ""] = range.split("/");
  const family = isIP(address);
  const width = Number(bits);
  if (family === 0 || family !== isIP(host) || !/^\d+$/.test(bits) || width > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  const kind = family === 4 ? "ipv4" : "ipv6";
  list.addSubnet(address, width, kind);
  return list.check(host, kind);
}

const normalized = (address: string) =>
  isIP(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;

/** One entry of NO_PROXY: `*`, address, CIDR, `example.org` (with subdomains), `.example.org` (only those), any with `:port`. */
function excludes(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  if (entry.includes("/")) return inRange(host, entry);
  const bracketed = /^\[(.*)\](?::(\d+))?$/.exec(entry);
  const plain = isIP(entry) === 6 ? null : /^(.*?)(?::(\d+))?$/.exec(entry);
  const name = bracketed?.[1] ?? plain?.[1] ?? entry;
  const onlyPort = bracketed?.[2] ?? plain?.[2];
  if (onlyPort !== undefined && onlyPort !== port) return false;
  if (isIP(name) !== 0) return normalized(name) === normalized(host);
  if (isIP(host) !== 0) return false;
  const suffix = name.startsWith("*.") ? name.slice(1) : name;
  return suffix.startsWith(".") ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
}

/**
 * The kubeconfig's `proxy-url` if there is one, else HTTPS_PROXY (HTTP_PROXY for a plain http server) unless NO_PROXY
 * names the host; loopback is never proxied by the environment.
 * @throws UsageError for a proxy that is not http or https
 */
export function chooseProxy(server: URL, proxyUrl: string | undefined, environment: Environment): URL | undefined {
  if (proxyUrl !== undefined) return parseProxy(proxyUrl, "the kubeconfig's `proxy-url`");
  const upper = server.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const lower = upper.toLowerCase();
  const given = environment[upper] || environment[lower];
  if (!given) return undefined;
  const host = server.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (host === "localhost" || host === "::1" || inRange(host, "127.0.0.0/8")) return undefined;
  const port = server.port || (server.protocol === "https:" ? "443" : "80");
  const entries = (environment.NO_PROXY || environment.no_proxy || "").split(",");
  const excluded = entries
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== "" && excludes(entry, host, port));
  return excluded ? undefined : parseProxy(given, environment[upper] ? upper : lower);
}
