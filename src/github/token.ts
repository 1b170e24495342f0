/** The token for GitHub's API. Never shown, never stored, never an argument. */

/** Tokens of GitHub are printable ASCII without spaces; undefined for anything else. */
export function readToken(text: string): string | undefined {
  const token = text.trim();
  return /^[\x21-\x7e]{4,1000}$/.test(token) ? token : undefined;
}
