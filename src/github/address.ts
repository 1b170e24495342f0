/** Where GitHub's API is, and how a repository is named. */
import { type ServiceAddress, serviceAddress } from "../http/address.ts";
import { UsageError } from "../model/faults.ts";

export interface Repository {
  readonly owner: string;
  readonly name: string;
}

/** `https://api.github.com`, or `https://HOST/api/v3` of a GitHub Enterprise Server. UsageError for what is neither. */
export function apiAddress(text: string | undefined): ServiceAddress {
  return serviceAddress("--github-url", "https://github.example.org/api/v3", text ?? "https://api.github.com");
}

/** `OWNER/NAME`. UsageError for anything else. */
export function repositoryOption(option: string, text: string): Repository {
  const match = /^([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))\/([A-Za-z0-9._-]{1,100})$/.exec(text);
  const [, owner, name] = match ?? [];
  if (owner !== undefined && name !== undefined && !/^\.\.?$|\.git$/.test(name)) return { owner, name };
  throw new UsageError(
    `${option} ${JSON.stringify(text.slice(0, 200))} is no repository.`,
    "Write OWNER/NAME, for example SovereignCloudStack/results.",
  );
}

export function fullName({ owner, name }: Repository): string {
  return `${owner}/${name}`;
}
