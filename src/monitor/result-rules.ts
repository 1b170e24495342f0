/** The monitor stores whatever stands for a result, and counts even nonsense as passed. */
import { clip, type Rules } from "./rule.ts";

export const resultRules: Rules = {
  results: ({ fields }) =>
    fields.results.length === 0
      ? {
          message: "it holds no result: the monitor would store it, and nothing would change",
          advice: "Run at least one testcase.",
        }
      : undefined,

  "result-value": ({ fields }) => {
    const odd = fields.results.find(([, result]) => result !== 1 && result !== 0 && result !== -1);
    if (!odd) return undefined;
    return {
      message: `the result of ${clip(odd[0])} is ${clip(odd[1])}, not 1, 0 or -1: the monitor would fail over it, or count it as passed`,
      advice: "Leave out what has no result.",
    };
  },

  "result-twice": ({ fields }) => {
    const ids = fields.results.map(([id]) => id);
    const twice = ids.find((id, index) => ids.indexOf(id) < index);
    if (twice === undefined) return undefined;
    return {
      message: `${clip(twice)} has two results: which one shows is left to chance`,
      advice: "Keep one of them.",
    };
  },
};
