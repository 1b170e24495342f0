import { expect, it } from "vitest";
import { againstLimit, bandText, histogramOf, quantileBand } from "./latency-histogram.ts";

const buckets = (counts: Record<string, number>, operation = "update") =>
  Object.entries(counts).map(([le, value]) => ({ labels: { operation, le }, value }));

const slow = { "0.005": 900, "0.025": 980, "0.05": 989, "0.1": 990, "0.2": 999, "+Inf": 1000 };

function judge(counts: Record<string, number>, share: number, limit: number) {
  const histogram = histogramOf(buckets(counts));
  if (!histogram) throw new Error("no histogram");
  const band = quantileBand(histogram, share);
  return [bandText(band), againstLimit(band, limit)];
}

it.each([
  ["on a bound", slow, 0.99, 0.1, ["50-100 ms", "within"]],
  ["below it", slow, 0.99, 0.05, ["50-100 ms", "beyond"]],
  ["inside a bucket: not decided", slow, 0.99, 0.08, ["50-100 ms", "between"]],
  ["the first bucket", slow, 0.9, 0.005, ["0-5 ms", "within"]],
  ["inside the first bucket", slow, 0.9, 0.004, ["0-5 ms", "between"]],
  ["beyond all bounds", slow, 0.9995, 0.1, ["above 200 ms", "beyond"]],
  ["beyond all bounds, below a limit that no bound reaches", slow, 0.9995, 1, ["above 200 ms", "between"]],
] as const)("a quantile %s", (_, counts, share, limit, expected) => {
  expect(judge(counts, share, limit)).toEqual(expected);
});

it("adds up what labels tell apart, in the order of numbers", () => {
  const histogram = histogramOf([
    ...buckets({ "10": 3, "5": 2, "+Inf": 3 }, "create"),
    ...buckets({ "5": 1, "10": 1, "+Inf": 2 }, "delete"),
  ]);
  expect(histogram).toEqual({
    bounds: [
      { seconds: 5, within: 3 },
      { seconds: 10, within: 4 },
    ],
    count: 5,
  });
});

it.each([
  ["no buckets", {}],
  ["none for everything", { "5": 1 }],
  ["counts that fall", { "5": 3, "10": 2, "+Inf": 4 }],
  ["more below than there are", { "5": 5, "+Inf": 4 }],
  ["bounds that are no numbers", { fast: 1, "+Inf": 4 }],
])("%s make no histogram", (_, counts) => {
  expect(histogramOf(buckets(counts))).toBeUndefined();
});
