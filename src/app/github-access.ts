/** How GitHub is reached: address, token, time limits. Nothing of Octokit is loaded before it is needed. */
import { apiAddress, type Repository, repositoryOption } from "../github/address.ts";
import type { Github } from "../github/calls.ts";
import { readToken } from "../github/token.ts";
import { UsageError } from "../model/faults.ts";
import { readText } from "./read-file.ts";
import { tool } from "./tool.ts";

export interface GithubOptions {
  /** OWNER/NAME. */
  readonly repository: string;
  /** Address of the API; GitHub's own when undefined. */
  readonly url: string | undefined;
  readonly tokenFile: string | undefined;
  /** Milliseconds one request may take. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** For GITHUB_TOKEN, GITHUB_API_URL, HTTPS_PROXY and NO_PROXY. */
  readonly environment: { readonly [name: string]: string | undefined };
}

export interface GithubAccess {
  readonly repository: Repository;
  /** Scheme, host and port of the API. */
  readonly origin: string;
  readonly hasToken: boolean;
  open(): Promise<Github>;
  /** Waits; rejects never. */
  pause(milliseconds: number): Promise<void>;
}

const maxTokenBytes = 64 * 1024;

/** UsageError for an address, a repository or a token that is none. Asks nothing yet. */
export async function githubAccess(option: string, options: GithubOptions): Promise<GithubAccess> {
  const { environment, timeout, signal } = options;
  const api = apiAddress(options.url ?? (environment.GITHUB_API_URL || undefined));
  const repository = repositoryOption(option, options.repository);
  const token = await tokenOf(options);
  return {
    repository,
    origin: api.origin,
    hasToken: token !== undefined,
    open: async () => {
      const { openGithub } = await import("../github/calls.ts");
      return openGithub({ api, token, timeout, signal, environment, userAgent: `${tool.name}/${tool.version}` });
    },
    pause: async (milliseconds) => {
      const { pause } = await import("../github/calls.ts");
      await pause(milliseconds, signal);
    },
  };
}

/** From a file or the environment, never an argument, which every process can read. */
async function tokenOf({ tokenFile, environment }: GithubOptions): Promise<string | undefined> {
  if (tokenFile !== undefined) return readToken(await readText(tokenFile, maxTokenBytes)) ?? refuse(tokenFile);
  const given = environment.GITHUB_TOKEN;
  return given ? (readToken(given) ?? refuse("GITHUB_TOKEN")) : undefined;
}

function refuse(where: string): never {
  throw new UsageError(`${where} holds no token.`, "A token of GitHub is one word of printable characters.");
}
