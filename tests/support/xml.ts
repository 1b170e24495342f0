/** A strict reader of the XML that we write: elements, attributes, text; no DTD, comments, CDATA or processing. */

export interface Element {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: Element[];
  text: string;
}

const name = "[A-Za-z_][A-Za-z0-9_.-]*";
const illegal = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;
const named: { readonly [entity: string]: string } = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The root element. Throws on anything that is not well-formed. */
export function readXml(text: string): Element {
  if (illegal.test(text)) throw new Error("a character that XML 1.0 does not allow");
  const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(prolog)) throw new Error("no XML declaration");
  const token = new RegExp(`<(/?)(${name})((?:\\s+${name}="[^"<]*")*)\\s*(/?)>|([^<]+)`, "uy");
  token.lastIndex = prolog.length;
  const top: Element = { name: "", attributes: {}, children: [], text: "" };
  const stack: Element[] = [top];
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    const parent = stack.at(-1);
    if (match === null || parent === undefined) throw new Error(`not well-formed at ${at}: ${text.slice(at, at + 60)}`);
    const [, closing, tag = "", attributes = "", empty, characters] = match;
    if (characters !== undefined) parent.text += decoded(characters);
    else if (closing === "/") {
      if (parent.name !== tag || stack.length === 1) throw new Error(`</${tag}> closes <${parent.name}>`);
      stack.pop();
    } else {
      const element: Element = { name: tag, attributes: attributesOf(attributes), children: [], text: "" };
      parent.children.push(element);
      if (empty !== "/") stack.push(element);
    }
  }
  const [root, ...more] = top.children;
  if (root === undefined || more.length > 0 || stack.length !== 1) throw new Error("not exactly one closed root");
  return root;
}

function attributesOf(text: string): { readonly [name: string]: string } {
  const found: { [name: string]: string } = {};
  for (const [, key = "", value = ""] of text.matchAll(new RegExp(`(${name})="([^"]*)"`, "g"))) {
    if (key in found) throw new Error(`attribute ${key} twice`);
    found[key] = decoded(value);
  }
  return found;
}

function decoded(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(text)) throw new Error(`a bare ampersand: ${text.slice(0, 60)}`);
  return text.replace(/&(#?\w+);/g, (_, entity: string) =>
    entity.startsWith("#") ? String.fromCodePoint(Number(entity.slice(1))) : (named[entity] ?? ""),
  );
}

/** All elements of a name below an element, in document order. */
export function allOf(element: Element, wanted: string): readonly Element[] {
  return element.children.flatMap((child) => [...(child.name === wanted ? [child] : []), ...allOf(child, wanted)]);
}
