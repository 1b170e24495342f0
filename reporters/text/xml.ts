/** Text and attributes of XML 1.0. */

/** Everything outside the Char production of XML 1.0; such characters cannot even be escaped. */
const illegal = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** Safe as an attribute value and as element content. */
export function xmlText(text: string): string {
  return text.replace(illegal, "\ufffd").replace(/[&<>"'\t\n\r]/g, (character) => entities[character] ?? "");
}

/** ` name="value"` for every attribute, in the order given. */
export function xmlAttributes(attributes: { readonly [name: string]: string | number }): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join("");
}
