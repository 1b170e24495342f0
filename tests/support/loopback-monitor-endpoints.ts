/** What the compliance monitor answers (compliance-monitor/monitor.py), as documented and as measured on the real one. */
import type { IncomingMessage } from "node:http";
import { expiryOf, instantAt } from "../../src/model/instant.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { OpensshDesk } from "../../src/signing/openssh.testing.ts";
import { kept, monitorYaml } from "./loopback-monitor-values.ts";

export interface MonitorAccount {
  readonly subject: string;
  /** The password, in the words of the monitor's bootstrap file an api key. */
  readonly key: string;
  /** Lines of .pub files, without comments. */
  readonly publicKeys: readonly string[];
  readonly roles?: readonly ("read_any" | "append_any")[];
  /** Accounts that may hand in for this subject. */
  readonly delegates?: readonly string[];
}

export interface MonitorTestcase {
  readonly id: string;
  readonly lifetime: "day" | "week" | "month" | "quarter" | "year";
}

export interface EndpointOptions {
  readonly desk: OpensshDesk;
  readonly accounts: readonly MonitorAccount[];
  /** What counts of scope v1; all are of target main. */
  readonly scope?: { readonly uuid: string; readonly testcases: readonly MonitorTestcase[] };
  /** It takes the coming form as well: what has a top-level `creator`. */
  readonly coming?: true;
}

export interface Endpoints {
  /** Stored documents by uuid. */
  readonly reports: ReadonlyMap<string, Json>;
  answerTo(
    request: IncomingMessage,
    body: string,
  ): { readonly status: number; readonly text: string; readonly type: string };
}

interface Row {
  readonly subject: string;
  readonly scope: string;
  readonly testcase: string;
  readonly result: number | null;
  readonly checkedAt: string;
  readonly report: string;
}

/** What an endpoint answers; thrown to leave at once, as FastAPI's HTTPException is. */
class Reply extends Error {
  readonly status: number;
  readonly body: string;
  constructor(status: number, detail: Json) {
    super(`${status}`);
    this.status = status;
    this.body = JSON.stringify(detail);
  }
}

const detail = (status: number, text: string) => new Reply(status, { detail: text });
const failed = { status: 500, body: "Internal Server Error", type: "text/plain; charset=utf-8" };

export function monitorEndpoints(options: EndpointOptions): Endpoints {
  const reports = new Map<string, Json>();
  const rows: Row[] = [];

  const answerTo = (request: IncomingMessage, body: string) => {
    try {
      return { status: 200, text: JSON.stringify(route(request, body)), type: "application/json" };
    } catch (error) {
      if (error instanceof Reply) return { status: error.status, text: error.body, type: "application/json" };
      return { status: failed.status, text: failed.body, type: failed.type };
    }
  };

  const route = (request: IncomingMessage, body: string): Json => {
    const url = new URL(request.url ?? "", "http://loopback");
    const one = /^\/reports\/([^/]+)$/.exec(url.pathname)?.[1];
    if (url.pathname === "/reports" && request.method === "POST") return post(request, body);
    if (one !== undefined && request.method === "GET") return getReport(request, one);
    if (url.pathname === "/status" && request.method === "GET") return status(request, url.searchParams.get("subject"));
    if (url.pathname === "/" && request.method === "GET") return { message: "Hello World" };
    throw ["/", "/reports", "/status"].includes(url.pathname) || one !== undefined
      ? detail(405, "Method Not Allowed")
      : detail(404, "Not Found");
  };

  const accountOf = ({ headers }: IncomingMessage): MonitorAccount => {
    const basic = /^basic (.*)$/i.exec(headers.authorization ?? "")?.[1];
    if (basic === undefined) throw detail(401, "Not authenticated");
    const pair = Buffer.from(basic, "base64").toString("utf8");
    if (!pair.includes(":")) throw detail(401, "Invalid authentication credentials");
    const [, user, key] = /^([^:]*):(.*)$/s.exec(pair) ?? [];
    const found = options.accounts.find((account) => account.subject === user && account.key === key);
    if (!found) throw detail(401, "Incorrect username or password");
    return found;
  };

  const mustBe = (account: MonitorAccount, subject: unknown, role: "read_any" | "append_any") => {
    if (subject !== account.subject && !account.roles?.includes(role)) throw detail(401, "Permission denied");
  };

  const getReport = (request: IncomingMessage, uuid: string): Json => {
    const account = accountOf(request);
    const report = reports.get(uuid);
    if (report === undefined) throw detail(404, "Not Found");
    mustBe(account, (report as JsonObject).subject, "read_any");
    return report;
  };

  const post = (request: IncomingMessage, body: string): Json => {
    const account = accountOf(request);
    const type = request.headers["content-type"];
    if (type === undefined) throw new Error("KeyError");
    if (type !== "application/x-signed-yaml" && type !== "application/x-signed-json") {
      throw detail(415, "Unsupported Media Type");
    }
    const separator = "-----END SSH SIGNATURE-----\n&";
    const at = body.indexOf(separator);
    if (at < 0) throw detail(401, "missing signature");
    const end = at + separator.length;
    const report = body.slice(end);
    const { accepted } = options.desk.verify({
      armored: body.slice(0, end - 1),
      message: Buffer.from(report, "utf8"),
      namespace: "report",
      principal: "mail@csp.eu",
      allowedSigners: account.publicKeys.map((line) => `mail@csp.eu ${line}\n`).join(""),
    });
    if (!accepted) throw detail(401, "verification failed");
    const documents = type.endsWith("yaml") ? monitorYaml(report) : [JSON.parse(report) as Json];
    if (documents.length === 0) throw detail(200, "empty reports");
    const own = options.accounts.filter(({ delegates }) => delegates?.includes(account.subject));
    const allowed = new Set([account.subject, ...own.map(({ subject }) => subject)]);
    for (const document of documents) {
      const { subject } = document as { readonly subject?: unknown };
      if (subject === undefined) throw new Error("KeyError");
      mustBe(account, subject, "append_any");
      if (!allowed.has(subject as string)) throw detail(401, "delegation problem?");
    }
    // one transaction: what fails over any of the documents stores none
    const fresh = documents.map((document) => kept(document, options.coming === true));
    for (const [index, { uuid }] of fresh.entries()) {
      const twin = fresh.findIndex((other) => other.uuid === uuid) < index;
      if (uuid !== undefined && (twin || reports.has(uuid))) throw detail(409, "Conflict: report already present");
    }
    for (const { uuid, value, results, ...common } of fresh) {
      if (uuid !== undefined) reports.set(uuid, value);
      rows.push(...results.map(([testcase, result]) => ({ ...common, testcase, result, report: uuid ?? "" })));
    }
    return null;
  };

  const status = (request: IncomingMessage, subject: string | null): Json => {
    mustBe(accountOf(request), subject, "read_any");
    const accept = request.headers.accept ?? "";
    if (!accept.includes("application/json") && !accept.includes("*/*")) {
      throw detail(406, "client needs to accept application/json");
    }
    const { uuid, testcases } = options.scope ?? { uuid: "", testcases: [] };
    const now = instantAt(Date.now());
    const latest = testcases.map(({ id, lifetime }) => {
      const own = rows.filter((row) => row.subject === subject && row.scope === uuid && row.testcase === id);
      const newest = own.sort((a, b) => (a.checkedAt < b.checkedAt ? 1 : -1))[0];
      return { id, row: newest && now < expiryOf(newest.checkedAt, lifetime) ? newest : undefined };
    });
    const values = latest.map(({ row }) => row?.result ?? null);
    const result = values.includes(-1) ? -1 : values.includes(null) ? null : values.includes(0) ? 0 : 1;
    const results = Object.fromEntries(
      latest.flatMap(({ id, row }) =>
        row ? [[id, { result: row.result, checked_at: row.checkedAt.replace("Z", ""), report: row.report }]] : [],
      ),
    );
    // measured: a version whose testcases were aborted or are missing stays listed
    return {
      [subject ?? ""]: { [uuid]: { results, versions: { v1: { result } }, passed_str: result === -1 ? "" : "v1" } },
    };
  };

  return { reports, answerTo };
}
