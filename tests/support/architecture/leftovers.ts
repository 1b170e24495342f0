/** What must not be left behind in a published file. */
import { homedir } from "node:os";
import { root } from "./project-files.ts";

export interface Leftover {
  readonly what: string;
  readonly pattern: RegExp;
  readonly instead: string;
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
/** Where this checkout and its owner live; a place as short as `/app` says nothing and may be written. */
const here = [root, homedir()].filter((folder) => folder.split("/").length > 2).map(literal);
const homes = ["root", "home/[A-Za-z][\\w.-]*", "Users/[A-Za-z][\\w.-]*"].map((home) => `/${home}/`);
const places = [...homes, "[A-Z]:\\\\+Users\\\\+", ...here];

/** Faults of any text file. */
export const leftovers: readonly Leftover[] = [
  {
    what: "a path of somebody's machine",
    pattern: new RegExp(`(?<![\\w.$}~-])(?:${places.join("|")})`),
    instead: "write a path below the project, or make one at run time",
  },
  {
    what: "a private key",
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\s|\\r|\\n)*(?:[A-Za-z-]+: [^\n]*\s+)*[A-Za-z0-9+/=]{40}/,
    instead: "make the key when the test runs",
  },
  {
    what: "a private key inside a kubeconfig",
    pattern: /client-key-data['"]?:\s*['"]?[A-Za-z0-9+/=]{40}/,
    instead: "make the kubeconfig when the test runs",
  },
  {
    what: "an access token",
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,}|npm_[A-Za-z0-9]{36}|AKIA[A-Z0-9]{16})\b/,
    instead: "revoke it, and write a token that is none",
  },
];

/** Faults of package-lock.json and .npmrc: from where packages come is the user's choice. */
export const registryLeftovers: readonly Leftover[] = [
  {
    what: "the address a package was fetched from",
    pattern: /"resolved": "(?!node_modules\/|file:)/,
    instead: "run npm install with omit-lockfile-registry-resolved=true, as .npmrc says",
  },
  {
    what: "a registry or its credentials",
    pattern: /^\s*(?:@[\w-]+:)?registry\s*=|_auth|\/\/[\w.-]+\/[^\n]*:_|"https?:\/\/[^"]*\/-\/[^"]*\.tgz"/m,
    instead: "leave it to the user's own npm configuration",
  },
];

/** `file:line  what`, then the way out; one entry per kind of fault. */
export function leftoversOf(file: string, text: string, kinds: readonly Leftover[]): readonly string[] {
  return kinds.flatMap(({ what, pattern, instead }) => {
    const found = pattern.exec(text);
    if (!found) return [];
    const line = text.slice(0, found.index).split("\n").length;
    return [`${file}:${line}  holds ${what}\n    instead: ${instead}`];
  });
}
