/** Which nodes a volume's `spec.nodeAffinity.required` fits, as the scheduler reads it (core/v1 NodeSelector). */
import { keysAt, listAt, printable, textAt, valueAt } from "./untrusted.ts";

interface Expression {
  /** A label's key, or `metadata.name` of `matchFields`, with a `=` before it that no label has. */
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** Terms of which one has to hold; of a term all expressions. */
export type NodeSelector = readonly (readonly Expression[])[];

export const nameField = "=metadata.name";
const operators: ReadonlySet<string> = new Set(["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"]);

/** Undefined when a volume has no node affinity, `unknown` when it has one that cannot be read. */
export function nodeSelectorOf(volume: unknown): NodeSelector | "unknown" | undefined {
  const required = valueAt(volume, "spec", "nodeAffinity", "required");
  if (required === undefined || required === null) return undefined;
  const terms = listAt(required, "nodeSelectorTerms").map(termOf);
  const readable = terms.filter((term) => term !== undefined);
  return readable.length === 0 || readable.length < terms.length ? "unknown" : readable;
}

function termOf(term: unknown): readonly Expression[] | undefined {
  if (keysAt(term).some((key) => key !== "matchExpressions" && key !== "matchFields")) return undefined;
  const labels = listAt(term, "matchExpressions").map((one) => expressionOf(one, ""));
  const fields = listAt(term, "matchFields").map((one) => expressionOf(one, "="));
  const expressions = [...labels, ...fields].filter((one) => one !== undefined);
  return expressions.length === labels.length + fields.length ? expressions : undefined;
}

function expressionOf(value: unknown, mark: string): Expression | undefined {
  const [key, operator] = [textAt(value, "key"), textAt(value, "operator")];
  const values = listAt(value, "values").map(printable);
  const texts = values.filter((one) => one !== undefined);
  if (key === undefined || operator === undefined || !operators.has(operator) || texts.length < values.length)
    return undefined;
  return { key: mark + key, operator, values: texts };
}

/** Labels by which a volume is kept to a place or a kind of machine; that only one node has it says nothing about the volume. */
const sharedKey =
  /(^|[./_-])(zone|region|location|datacenter|data-center|rack|os|arch|instance-type|machine-type|node-?pool|pool|agentpool|nodegroup)$/i;

/** The same without what keeps a volume to a place; a term of nothing else fits every node. */
export function withoutPlaces(selector: NodeSelector): NodeSelector {
  return selector.map((term) => term.filter(({ key }) => !sharedKey.test(key)));
}

/** Keys that a selector compares. */
export function keysOf(selector: NodeSelector): readonly string[] {
  return selector.flatMap((term) => term.map(({ key }) => key));
}

/** Nodes, each as its values of the keys that selectors compare. */
export class NodeIndex {
  readonly #nodes: readonly ReadonlyMap<string, string>[];
  readonly #byValue = new Map<string, number[]>();

  constructor(nodes: readonly ReadonlyMap<string, string>[]) {
    this.#nodes = nodes;
    for (const [index, node] of nodes.entries())
      for (const [key, value] of node) {
        const place = JSON.stringify([key, value]);
        const known = this.#byValue.get(place);
        if (known) known.push(index);
        else this.#byValue.set(place, [index]);
      }
  }

  get size(): number {
    return this.#nodes.length;
  }

  /** How many nodes the selector fits. As for the scheduler, a term without expressions fits none, unless `emptyFitsAll`. */
  count(selector: NodeSelector, emptyFitsAll = false): number {
    const fitting = new Set<number>();
    for (const term of selector) {
      if (term.length === 0 && emptyFitsAll) return this.#nodes.length;
      if (term.length === 0) continue;
      for (const index of this.#candidates(term)) {
        const node = this.#nodes[index];
        if (node && term.every((expression) => fits(node.get(expression.key), expression))) fitting.add(index);
      }
    }
    return fitting.size;
  }

  /** Those that have one of the values asked for, where the term asks for any: a volume of 5,000 nodes' is on one of them. */
  #candidates(term: readonly Expression[]): Iterable<number> {
    const listing = term.find(({ operator }) => operator === "In");
    if (!listing) return this.#nodes.keys();
    return listing.values.flatMap((value) => this.#byValue.get(JSON.stringify([listing.key, value])) ?? []);
  }
}

/** A label that is not there differs from every value (labels.Requirement). */
function fits(value: string | undefined, { operator, values }: Expression): boolean {
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default: {
      const [have, bound] = [value, values[0]].map((text) => (/^-?\d{1,15}$/.test(text ?? "") ? Number(text) : NaN));
      if (have === undefined || bound === undefined) return false;
      return operator === "Gt" ? have > bound : have < bound;
    }
  }
}
