/** Flags of a component as far as they may be kept: values of known harmless flags, names of all others. */
import { type Static, Type } from "@sinclair/typebox";

export const ComponentFlags = Type.Object({
  /** Value by flag name without dashes; a flag given twice has its last value, a list adds up, a bare flag is "true". */
  values: Type.Record(Type.String(), Type.String()),
  /** Names of flags that were given but whose values are not kept, or do not have the form that may be kept; sorted. */
  withheld: Type.Array(Type.String()),
});
export type ComponentFlags = Static<typeof ComponentFlags>;
