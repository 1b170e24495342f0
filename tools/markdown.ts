/** Plain text as Markdown: what has a meaning there is made harmless, code spans stay. */

/** Text for a paragraph or list item. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/[<>*_[\]]/g, (sign) => entities[sign] ?? `\\${sign}`)))
    .join("");
}

const entities: { readonly [sign: string]: string } = { "<": "&lt;", ">": "&gt;" };

/** Text for a cell of a table. */
export function cell(text: string): string {
  return prose(text.replaceAll("\n", " ")).replaceAll("|", "\\|");
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
