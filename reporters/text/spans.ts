/** Text in which backticks set words in the type of code, as messages of checks write them. */
export interface Span {
  readonly code: boolean;
  readonly text: string;
}

/** Splits at pairs of backticks; a lone one stays text. */
export function spans(text: string): readonly Span[] {
  const parts = text.split("`");
  if (parts.length % 2 === 0) return [{ code: false, text }];
  return parts.map((part, index) => ({ code: index % 2 === 1, text: part })).filter((span) => span.text !== "");
}
