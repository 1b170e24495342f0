/** What a rule of the pre-flight is given, and what it says. */
import type { Json } from "../model/json.ts";
import type { Lifetime } from "../model/vocabulary.ts";
import type { Fields, MonitorForm } from "./forms.ts";
import type { ReadDocument } from "./read-documents.ts";

export interface KnownScope {
  readonly uuid: string;
  readonly name: string;
  /** False for scopes of ours. */
  readonly submittable: boolean;
  readonly testcases: readonly { readonly id: string; readonly lifetime: Lifetime }[];
}

export interface RuleContext {
  readonly now: Date;
  /** The monitor's form. */
  readonly form: MonitorForm;
  /** Whom the credentials are of; undefined when none are at hand. */
  readonly account: string | undefined;
  /** The account may hand in for other subjects. */
  readonly delegated: boolean;
  readonly scopes: readonly KnownScope[];
}

export interface Refusal {
  readonly rule: string;
  /** What is so, and what the monitor would make of it. */
  readonly message: string;
  readonly advice: string;
}

export interface Examined extends RuleContext {
  readonly document: ReadDocument;
  readonly fields: Fields;
}

export type Rule = (of: Examined) => Omit<Refusal, "rule"> | undefined;

export interface Rules {
  readonly [name: string]: Rule;
}

/** A value as a message cites it. */
export function clip(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
