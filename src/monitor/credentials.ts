/** Who hands in: what HTTP Basic authentication takes (RFC 7617). Never shown, never stored. */

export interface Credentials {
  /** The account, which is a subject's name. */
  readonly account: string;
  /** Base64 of `account:key`, as the monitor's token files hold it. */
  readonly token: string;
}

/** Credentials from a token; undefined when it is no base64 of `user:key`. */
export function fromToken(text: string): Credentials | undefined {
  const token = text.trim();
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token)) return undefined;
  const decoded = Buffer.from(token, "base64");
  if (decoded.toString("base64").replace(/=+$/, "") !== token.replace(/=+$/, "")) return undefined;
  return fromPair(decoded.toString("utf8"));
}

/** Credentials from `user:key`; undefined when either is missing or holds what a header cannot. */
export function fromPair(pair: string): Credentials | undefined {
  const match = /^([^:\p{C}]+):([^\p{C}]+)$/u.exec(pair);
  const account = match?.[1];
  return account === undefined ? undefined : { account, token: Buffer.from(pair, "utf8").toString("base64") };
}
