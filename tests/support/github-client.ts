/** A client of the loopback GitHub that speaks for one login. */
import { apiAddress } from "../../src/github/address.ts";
import { type Github, openGithub } from "../../src/github/calls.ts";
import type { LoopbackGithub } from "./loopback-github.ts";

export function githubAs(github: LoopbackGithub, login: string | undefined, timeout = 10_000): Github {
  return openGithub({
    api: apiAddress(github.url),
    token: login === undefined ? undefined : github.token(login),
    userAgent: "tests",
    timeout,
    signal: new AbortController().signal,
    environment: {},
  });
}
