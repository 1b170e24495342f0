/** Lists of any size, page by page (Kubernetes API concepts, "Retrieving large results sets in chunks"). */
import type { ListOptions } from "../model/cluster.ts";
import { type Reading, read, unread } from "../model/fact.ts";
import { instantAt } from "../model/instant.ts";
import type { Fetch } from "./channel.ts";
import { readPage } from "./list-page.ts";

/** Reads one page, valid UTF-8; the status tells an expired list from other refusals. */
export type FetchPage = (path: string, accept: string) => Promise<Fetch<Buffer>>;

export type Listed = Reading<{ readonly count: number; readonly serverTime: string | undefined }>;

const metadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
const mostRestarts = 2;
const mostPages = 10_000;

const malformed = (what: string) => unread("malformed", `the API server's list ${what}`);

function pagePath(path: string, options: ListOptions, token: string | undefined): string {
  const query = new URLSearchParams({ limit: String(options.limit ?? 500) });
  if (options.labelSelector !== undefined) query.set("labelSelector", options.labelSelector);
  if (options.fieldSelector !== undefined) query.set("fieldSelector", options.fieldSelector);
  if (token !== undefined) query.set("continue", token);
  return `${path}${path.includes("?") ? "&" : "?"}${query}`;
}

function timeOf(date: string | undefined): string | undefined {
  const milliseconds = Date.parse(date ?? "");
  return Number.isNaN(milliseconds) ? undefined : instantAt(milliseconds);
}

/** One pass from the first page on; "expired" when the API server no longer knows the list that was begun. */
async function pass(
  fetchPage: FetchPage,
  path: string,
  options: ListOptions,
  item: (object: unknown) => void,
): Promise<Listed | "expired"> {
  const accept = options.metadataOnly === true ? metadataOnly : "application/json";
  let count = 0;
  let serverTime: string | undefined;
  let token: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const fetched = await fetchPage(pagePath(path, options, token), accept);
    if (!fetched.ok) {
      if (fetched.status === 410 && token !== undefined) return "expired";
      return unread(fetched.reason, fetched.message);
    }
    serverTime ??= timeOf(fetched.value.headers.date);
    const page = readPage(fetched.value.value, item);
    if (!page.ok) return malformed(page.what);
    const { next } = page;
    if (next !== undefined && next === token) return malformed("repeats a page without end");
    count += page.count;
    if (next === undefined) return read({ count, serverTime });
    token = next;
  }
  return unread("too-large", `the API server's list has more than ${mostPages} pages`);
}

/** Starts anew, at most twice, when the list expires underway. */
export async function listPages(
  fetchPage: FetchPage,
  path: string,
  options: ListOptions,
  item: (object: unknown) => void,
  restart: () => void,
): Promise<Listed> {
  for (let restarts = 0; restarts <= mostRestarts; restarts += 1) {
    if (restarts > 0) restart();
    const listed = await pass(fetchPage, path, options, item);
    if (listed !== "expired") return listed;
  }
  return unread("server-error", "the API server's list expired again and again while it was read");
}
