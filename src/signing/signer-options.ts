/** The options of a line in an allowed signers file (ssh-keygen(1), ALLOWED SIGNERS), read as ssh-keygen reads them. */

export interface SignerOptions {
  readonly certAuthority: boolean;
  /** Pattern list; absent: any namespace. */
  readonly namespaces: string | undefined;
  /** Both ends are inclusive; milliseconds since the epoch. */
  readonly validAfter: number | undefined;
  readonly validBefore: number | undefined;
}

/** A fault in the options. `fatal`: it must not be passed over, because ssh-keygen and we would read the line differently. */
export class OptionFault extends Error {
  readonly fatal: boolean;

  constructor(message: string, fatal = false) {
    super(message);
    this.fatal = fatal;
  }
}

/** Options before the first blank outside quotes, and what follows them. Undefined when a quote is not closed. */
export function splitOptions(text: string): { options: string; rest: string } | undefined {
  let quoted = false;
  let at = 0;
  for (; at < text.length; at++) {
    const character = text[at];
    if (!quoted && (character === " " || character === "\t")) break;
    if (character === "\\" && text[at + 1] === '"') at++;
    else if (character === '"') quoted = !quoted;
  }
  return quoted ? undefined : { options: text.slice(0, at), rest: text.slice(at).replace(/^[ \t]+/, "") };
}

/** One option, perhaps an empty one, and the comma behind it if another follows. */
const oneOption =
  /^(?:(cert-authority)|(namespaces|valid-after|valid-before)="((?:\\"|\\(?!")|[^"\\])*)")?(?:,(?=.)|$)/is;

/** One comma list without blanks. OptionFault: unknown or repeated options, bad values; ssh-keygen then drops the whole line. */
export function parseOptions(text: string): SignerOptions {
  const values = new Map<string, string>();
  let certAuthority = false;
  let left = text;
  while (left !== "") {
    const option = oneOption.exec(left);
    if (!option) throw new OptionFault(`unknown or unfinished option at: ${left.slice(0, 40)}`);
    const [all, flag, name = "", value = ""] = option;
    const key = name.toLowerCase();
    if (values.has(key)) throw new OptionFault(`${key} is given twice`);
    if (key !== "") values.set(key, value.replaceAll('\\"', '"'));
    certAuthority ||= flag !== undefined;
    left = left.slice(all.length);
  }
  const validAfter = timeOf("valid-after", values);
  const validBefore = timeOf("valid-before", values);
  if (validAfter !== undefined && validBefore !== undefined && validBefore <= validAfter) {
    throw new OptionFault("valid-before is not later than valid-after");
  }
  return { certAuthority, namespaces: values.get("namespaces"), validAfter, validBefore };
}

function timeOf(name: string, values: ReadonlyMap<string, string>): number | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  const match = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z|UTC)?$/i.exec(text);
  if (!match) throw new OptionFault(`${name} is not a time like 20261123100000Z`);
  if (match[7] === undefined) {
    throw new OptionFault(`${name} has no Z: local time means nothing to others; write Z`, true);
  }
  const [year = 0, month = 1, ...rest] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const [day = 1, hour = 0, minute = 0, second = 0] = rest;
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const exists = time.getUTCMonth() === month - 1 && time.getUTCDate() === day && time.getUTCHours() === hour;
  if (!exists || minute > 59 || second > 59 || time.getTime() <= 0)
    throw new OptionFault(`${name} is not a time that exists`);
  return time.getTime();
}
