/** GitHub on loopback: repositories in memory, tokens of people, bodies of requests held against GitHub's own schemas. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type Reply, routes } from "./loopback-github-routes.ts";
import { emptyRepository, type LoopbackRepository } from "./loopback-github-store.ts";

/** What goes wrong: an answer instead of GitHub's, before or after it did its work. */
export interface Interference extends Reply {
  /** The request is worked on first; only its answer is lost. */
  readonly after?: true;
  /** No answer at all. */
  readonly cut?: true;
}

export interface GithubRequest {
  readonly method: string;
  readonly path: string;
  /** How often this method and path were asked for, this time included. */
  readonly attempt: number;
  readonly body: unknown;
}

export interface LoopbackGithubOptions {
  readonly interfere?: (request: GithubRequest) => Interference | undefined;
  /** Other paths, such as files of other servers: text by path. */
  readonly files?: { readonly [path: string]: string };
}

export interface LoopbackGithub {
  readonly url: string;
  readonly repositories: Map<string, LoopbackRepository>;
  readonly requests: readonly GithubRequest[];
  /** What speaks for a login. */
  token(login: string): string;
}

/** Closed when the test is over. */
export async function startLoopbackGithub(options: LoopbackGithubOptions = {}): Promise<LoopbackGithub> {
  const repositories = new Map<string, LoopbackRepository>();
  const requests: GithubRequest[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "", url: target = "" } = request;
    const { pathname, searchParams: query } = new URL(target, "http://loopback");
    const path = decodeURIComponent(pathname);
    const body = parsed(await textOf(request));
    const attempt = requests.filter((one) => one.method === method && one.path === path).length + 1;
    const asked = { method, path, attempt, body };
    requests.push(asked);
    const odd = options.interfere?.(asked);
    const file = options.files?.[path];
    if (file !== undefined && !odd) return void response.writeHead(200, { "content-type": "text/plain" }).end(file);
    const given = odd && odd.after !== true ? odd : reply(request, path, query, body);
    if (odd?.cut) return void request.socket.destroy();
    const { status, body: value, headers } = odd ?? given;
    response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
    response.end(value === undefined ? "" : JSON.stringify(value));
  };

  const reply = (request: IncomingMessage, path: string, query: URLSearchParams, body: object): Reply => {
    const login = /^token login-(.+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (login === undefined && request.headers.authorization !== undefined) {
      return { status: 401, body: { message: "Bad credentials" } };
    }
    // the token of a workflow may not ask who it is
    if (path === "/user") {
      return login?.endsWith("[bot]") === false
        ? { status: 200, body: { login } }
        : { status: 403, body: { message: "Resource not accessible by integration" } };
    }
    for (const { method, pattern, handle } of routes) {
      const match = method === request.method ? pattern.exec(path) : null;
      if (!match) continue;
      const parts = match.slice(1);
      const repository = repositories.get(parts.slice(0, 2).join("/"));
      if (!repository) break;
      return handle({
        login: login ?? "",
        repository,
        parts,
        query,
        body: body as Record<string, unknown>,
        repositories,
      });
    }
    return { status: 404, body: { message: "Not Found" } };
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, repositories, requests, token: (login) => `login-${login}` };
}

/** A repository with one commit on `main`; the logins may push. */
export function addRepository(
  { repositories }: LoopbackGithub,
  fullName: string,
  writers: readonly string[],
  files: { readonly [path: string]: string | Uint8Array } = { "README.md": "results\n" },
): LoopbackRepository {
  const repository = emptyRepository(fullName);
  for (const login of writers) repository.writers.add(login);
  repository.branches.set("main", repository.store.commitFiles(undefined, files));
  repositories.set(fullName, repository);
  return repository;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function parsed(text: string): object {
  return text === "" ? {} : (JSON.parse(text) as object);
}
