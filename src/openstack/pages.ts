/** Lists of any size, page by page: `limit` and `marker`, the id of the last element (OpenStack API guide, "Paginated collections"). */
import { type Reading, read, unread } from "../model/fact.ts";
import { isJsonObject } from "../model/json.ts";

const pageSize = 500;
const mostPages = 100;

/** A service may give fewer elements than asked for and still have more; only an empty page, or one without a link, ends. */
export async function listPages(
  fetchPage: (path: string) => Promise<Reading<unknown>>,
  path: string,
  key: string,
  name: string,
): Promise<Reading<readonly unknown[]>> {
  const all: unknown[] = [];
  let marker: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const query = `limit=${pageSize}${marker === undefined ? "" : `&marker=${encodeURIComponent(marker)}`}`;
    const page = await fetchPage(`${path}${path.includes("?") ? "&" : "?"}${query}`);
    if (!page.ok) return page;
    const elements = isJsonObject(page.value) ? page.value[key] : undefined;
    if (!isJsonObject(page.value) || !Array.isArray(elements) || !elements.every(isJsonObject))
      return unread("malformed", `${name}'s list has no ${key}`);
    all.push(...elements);
    const last = elements.at(-1)?.id;
    if (last === undefined || !hasMore(page.value[`${key}_links`], elements.length)) return read(all);
    if (typeof last !== "string" || last === marker) return unread("malformed", `${name}'s list repeats without end`);
    marker = last;
  }
  return unread("too-large", `${name}'s list has more than ${mostPages} pages`);
}

/** Where there are links, one called `next` tells; where there are none, a full page may have another behind it. */
function hasMore(links: unknown, count: number): boolean {
  if (Array.isArray(links)) return links.some((link) => isJsonObject(link) && link.rel === "next");
  return count >= pageSize;
}
