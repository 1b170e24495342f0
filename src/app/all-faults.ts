/** Several files of a caller, read so that all their faults are told at once. */
import { type InputFault, UsageError } from "../model/faults.ts";

/** What `read` makes of every file. UsageError with the faults of all, and the first advice. */
export async function allFaults<T>(
  files: readonly string[],
  read: (file: string) => Promise<T>,
): Promise<readonly T[]> {
  const values: T[] = [];
  const faults: InputFault[] = [];
  let advice: string | undefined;
  for (const file of files) {
    try {
      values.push(await read(file));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      faults.push(...error.faults);
      advice ??= error.advice;
    }
  }
  if (faults.length > 0) throw new UsageError(faults, advice);
  return values;
}
