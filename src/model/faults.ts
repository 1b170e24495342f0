/** What goes wrong with a call, as opposed to what is true of a cluster (that is data, never thrown). */

/** A fault in something the caller gave: which file, where in it, what is wrong. Lines and columns count from 1. */
export interface InputFault {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

/** Wrong usage or unreadable input: decided before the first byte on the wire, exit code 3. Carries every fault at once. */
export class UsageError extends Error {
  readonly faults: readonly InputFault[];
  /** What to do next, one line. */
  readonly advice: string | undefined;

  constructor(faults: string | readonly InputFault[], advice?: string) {
    const list = typeof faults === "string" ? [{ message: faults }] : faults;
    super(list.map(describeFault).join("\n"));
    this.name = "UsageError";
    this.faults = list;
    this.advice = advice;
  }
}

/** A broken promise of our own code, exit code 70. */
export class Defect extends Error {
  override readonly name = "Defect";
}

/** An interrupted run that could not take away all that it made. */
export class LeftBehind extends Error {
  override readonly name = "LeftBehind";

  constructor(run: string, left: number) {
    const objects = left === 1 ? "1 object" : `${left} objects`;
    super(`${objects} of the run ${run} may be left: \`scs-conformance cleanup --run ${run}\` removes them.`);
  }
}

/** `file:line:column: message`, as compilers print it. */
export function describeFault(fault: InputFault): string {
  const place = [fault.file, fault.line, fault.column].filter((part) => part !== undefined).join(":");
  return place === "" ? fault.message : `${place}: ${fault.message}`;
}
