/** What the monitor would swallow, choke on or show for ever: refused before anything is sent. Each rule has a name. */
import { isJsonObject, type Json } from "../model/json.ts";
import type { Fields } from "./forms.ts";
import type { ReadDocument } from "./read-documents.ts";
import { resultRules } from "./result-rules.ts";
import { clip, type Refusal, type RuleContext, type Rules } from "./rule.ts";
import { timeRules } from "./time-rules.ts";

/** Refusals of one document, in the order of the rules. */
export function refusalsOf(document: ReadDocument, fields: Fields, context: RuleContext): readonly Refusal[] {
  return Object.entries(rules).flatMap(([rule, check]) => {
    const found = check({ ...context, document, fields });
    return found ? [{ rule, ...found }] : [];
  });
}

const again = "Write it anew: scs-conformance render --format scs-yaml.";

/** Signs with which a text becomes a tag, an entity or a control sequence where a page shows it as it is. */
const raw = /[<>&]|[^\P{C}\t]/u;

/** NUL, which jsonb refuses, and half of a surrogate pair; the monitor's reader makes two halves also of a pair that is escaped. */
const unstorable = (text: string) => text.includes("\0") || /\p{Cs}/u.test(text);

const rules: Rules = {
  form: ({ fields, form }) =>
    fields.form === "coming" && form === "today"
      ? {
          message: "it has a top-level `creator`: the coming form, which today's monitor answers with an error",
          advice: "Say --monitor-form coming if the monitor takes it, or write today's form.",
        }
      : undefined,

  ...timeRules,

  ...resultRules,

  recorded: ({ document: { value } }) =>
    isJsonObject(value) && value.recorded === true
      ? { message: "its facts were replayed from a recording", advice: "Hand in a run against the cluster itself." }
      : undefined,

  scope: ({ fields: { scope }, scopes }) => {
    const known = scopes.find(({ uuid }) => uuid === scope);
    if (known?.submittable) return undefined;
    return known
      ? {
          message: `its scope ${known.name} is one of this suite's own, which the monitor does not know`,
          advice: "Check without --scope, or with the certificate's.",
        }
      : {
          message: `its scope ${clip(scope)} is not known here: the monitor would store it and never show it`,
          advice: "Give --scope FILE if the monitor knows it.",
        };
  },

  testcase: ({ fields: { scope, results }, scopes }) => {
    const known = scopes.find(({ uuid }) => uuid === scope);
    const other = known?.submittable && results.find(([id]) => !known.testcases.some((testcase) => testcase.id === id));
    if (!other) return undefined;
    return {
      message: `its scope has no testcase ${clip(other[0])}: the monitor would store the result and never show it`,
      advice: "Leave it out, or give --scope FILE if the monitor's scope is newer.",
    };
  },

  subject: ({ fields: { subject }, account, delegated }) =>
    account !== undefined && subject !== account && !delegated
      ? {
          message: `it is about ${clip(subject)}, and the credentials are those of ${clip(account)}`,
          advice: "Use the subject's own, or say --delegated if the subject has made this account its delegate.",
        }
      : undefined,

  versions: ({ document: { value } }) =>
    isJsonObject(value) && "versions" in value
      ? {
          message: "it lists results by version, as older tools did, beside those that are checked here",
          advice: again,
        }
      : undefined,

  text: ({ document: { value, text }, fields }) => {
    if (hasText(value, unstorable) || /\\u[dD][89a-fA-F]/.test(text)) {
      return { message: "it holds text that the monitor's database cannot store", advice: again };
    }
    const odd = fields.shown.find(([, shown]) => raw.test(shown));
    if (!odd) return undefined;
    return {
      message: `${odd[0]} holds <, > or & or a control character, which the monitor's page shows as it is: ${clip(odd[1])}`,
      advice: again,
    };
  },
};

function hasText(value: Json, wanted: (text: string) => boolean): boolean {
  if (typeof value === "string") return wanted(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, member]) => wanted(key) || hasText(member as Json, wanted));
}
