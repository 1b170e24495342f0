/** Markup that is escaped unless it was made here. */

/** Finished markup. Only `html` and `css` of this file make one, so no value of a report can pass for it. */
class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type { Markup };

type Value = string | number | false | undefined | Markup | readonly Value[];

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function rendered(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === "string") return value.replace(/[&<>"']/g, (character) => entities[character] ?? "");
  if (typeof value === "number") return String(value);
  if (value === undefined || value === false) return "";
  return value.map(rendered).join("");
}

/** Tagged template: what stands in `${}` is text, safe between tags and in quoted attributes, unless it is Markup itself. */
export function html(literals: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(literals.map((literal, index) => literal + rendered(values[index])).join(""));
}

/** A style sheet of ours. Takes no values but digests: text in CSS has other rules than text in HTML. */
export function css(literals: TemplateStringsArray, ...digests: readonly string[]): Markup {
  const safe = digests.map((digest) => digest.replace(/[^0-9a-f]/g, ""));
  return new Markup(literals.map((literal, index) => literal + (safe[index] ?? "")).join(""));
}

/** The finished page. */
export function textOf(markup: Markup): string {
  return markup.text;
}
