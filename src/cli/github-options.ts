/** Options of all that talks to GitHub. */
import { type Command, Option } from "commander";
import type { GithubOptions } from "../app/github-access.ts";
import type { CommandContext } from "./context.ts";
import { text, type Values } from "./option-groups.ts";

export function addGithubOptions(command: Command): Command {
  return command.addOption(
    new Option("--github-url <url>", "GitHub's API elsewhere (default: GITHUB_API_URL, else api.github.com)"),
  );
}

export function githubOptions(repository: string, values: Values, { signal }: CommandContext): GithubOptions {
  return {
    repository,
    url: text(values.githubUrl),
    tokenFile: text(values.tokenFile),
    timeout: values.requestTimeout as number,
    signal,
    environment: process.env,
  };
}
