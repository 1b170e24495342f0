/** Command lines of Kubernetes components (pflag) and etcd (flag), reduced to what may be kept. */
import type { ComponentFlags } from "../model/facts/component-flags.ts";
import { keptFlags } from "./kept-flags.ts";
import { detached, distinct, inOrder } from "./untrusted.ts";

/** Most arguments that are looked at: about twenty times what the longest known command line has. */
const mostArguments = 2000;

/** Name and value of a flag; a value that is no text is only known to be there. */
export type GivenFlag = readonly [name: string, value: string | undefined];

/** The flag's name without dashes and with `_` as `-`, as pflag reads it; undefined for what can be no flag's name. */
function nameOf(text: string): string | undefined {
  const name = text.replace(/^-{1,2}/, "").replaceAll("_", "-");
  return /^[a-z][a-z0-9.-]{0,99}$/.test(name) ? detached(name) : undefined;
}

/**
 * Flags of a command line: `--flag=value`, `--flag value`, `-flag`, a bare flag. Arguments that are no flags are passed
 * over, as are those after `--`.
 */
export function parseArguments(given: readonly unknown[]): GivenFlag[] {
  const flags: GivenFlag[] = [];
  const words = given.slice(0, mostArguments);
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (typeof word !== "string" || !word.startsWith("-")) continue;
    if (word === "--") break;
    const equals = word.indexOf("=");
    const name = nameOf(equals < 0 ? word : word.slice(0, equals));
    if (equals >= 0) {
      if (name !== undefined) flags.push([name, word.slice(equals + 1)]);
      continue;
    }
    const next = words[index + 1];
    const takesNext = typeof next === "string" && !next.startsWith("-") && !isBoolean(name);
    if (takesNext) index += 1;
    if (name !== undefined) flags.push([name, takesNext ? next : "true"]);
  }
  return flags;
}

const isBoolean = (name: string | undefined): boolean => name !== undefined && keptFlags.get(name)?.boolean === true;

/** `name=value` or `name`, as k3s and RKE2 hand arguments on to a component. */
export function parseHandedOn(text: string): GivenFlag[] {
  const equals = text.indexOf("=");
  const name = nameOf((equals < 0 ? text : text.slice(0, equals)).replace(/[+-]$/, ""));
  return name === undefined ? [] : [[name, equals < 0 ? "true" : text.slice(equals + 1)]];
}

const same = (value: string): string => value;

/** Keeps harmless values in their form, and the names of all other flags. The last value wins; lists add up. */
export function keep(given: readonly GivenFlag[]): ComponentFlags {
  const last = new Map<string, string | undefined>();
  for (const [name, value] of given) {
    const before = last.get(name);
    const adds = keptFlags.get(name)?.list === true && before !== undefined && value !== undefined;
    last.set(name, adds ? `${before},${value}` : value);
  }
  const values: [string, string][] = [];
  const withheld: string[] = [];
  for (const [name, value] of last) {
    const kept = keptFlags.get(name);
    const text = kept && value !== undefined && value.length <= 4096 ? (kept.reduce ?? same)(value) : undefined;
    if (text !== undefined && kept?.form.test(text)) values.push([name, detached(text)]);
    else withheld.push(name);
  }
  values.sort(([a], [b]) => inOrder(a, b));
  return { values: Object.fromEntries(values), withheld: distinct(withheld) };
}

/** Groups of two or more of the flags that have the same value, each group in order. */
export function sharedFiles(given: readonly GivenFlag[], flags: readonly string[]): string[][] {
  const byFile = new Map<string, Set<string>>();
  for (const [name, value] of new Map(given)) {
    if (value === undefined || value === "" || !flags.includes(name)) continue;
    byFile.set(value, (byFile.get(value) ?? new Set()).add(name));
  }
  const groups = [...byFile.values()].filter((names) => names.size > 1).map(distinct);
  return groups.sort((a, b) => inOrder(a.join(), b.join()));
}
