/** Sentences of servers, made safe to keep. */

/** A server's sentence made safe to keep: no control characters, no names of users or addresses, 300 characters. */
export function cleanMessage(text: string, confidential: readonly string[]): string {
  let clean = text
    .slice(0, 2_000)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[Uu]ser "[^"]*"/g, "the caller");
  for (const secret of confidential) if (secret.length > 3) clean = clean.replaceAll(secret, "(redacted)");
  clean = clean
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"]+/gi, "(address)")
    .replace(/\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g, "(address)")
    .replace(/\[[0-9a-f:.]*:[0-9a-f:.]*\](:\d+)?/gi, "(address)");
  return clean.length > 300 ? `${clean.slice(0, 299).trimEnd()}…` : clean.trim();
}
