/** Text of SARIF messages (SARIF 2.1.0, section 3.11), in which nothing is a link or a placeholder. */
export interface Message {
  readonly text: string;
}

/** `[a](b)` would be a link and `{0}` an argument; a blank takes that from both. Expects text that is plain already. */
export function message(text: string): Message {
  return { text: text.replace(/\](?=\()/g, "] ").replace(/\{(?=\d)/g, "{ ") };
}
