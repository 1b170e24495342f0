/** Bearer tokens (RFC 6750): visible ASCII and nothing else, or they would not fit into a header. */
export function isToken(text: string): boolean {
  return text.length < 65_536 && /^[\x21-\x7e]+$/.test(text);
}
