/** Changes to bytes, as accident or malice makes them. */
import { fc } from "./fast-check.ts";

/** One change: where (a fraction of the length), how, with what. */
export interface Change {
  readonly at: number;
  readonly how: string;
  readonly value: number;
}

export const changes: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  how: fc.constantFrom("flip", "set", "insert", "delete", "cut", "double"),
  value: fc.integer({ min: 1, max: 255 }),
});

export function changed(bytes: Buffer, { at, how, value }: Change): Buffer {
  const index = Math.floor(at * bytes.length);
  const [before, after] = [bytes.subarray(0, index), bytes.subarray(index + 1)];
  const old = bytes[index] ?? 0;
  switch (how) {
    case "flip":
      return Buffer.concat([before, Buffer.of(old ^ (1 << (value % 8))), after]);
    case "set":
      return Buffer.concat([before, Buffer.of(value), after]);
    case "insert":
      return Buffer.concat([before, Buffer.of(value, old), after]);
    case "delete":
      return Buffer.concat([before, after]);
    case "cut":
      return before;
    default:
      return Buffer.concat([bytes, bytes.subarray(index)]);
  }
}
