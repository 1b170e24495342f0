/** open: single openings out of the owner's file, for whoever may know them. */
import { UsageError } from "../model/faults.ts";
import { jsonText } from "../model/report-text.ts";
import { readOpenings } from "./names-layer.ts";
import { refuseUnwritable, writePrivate } from "./write-file.ts";

export interface OpenNamesOptions {
  /** The owner's file. */
  readonly file: string;
  /** Tokens as a report shows them, or names. */
  readonly wanted: readonly string[];
  readonly output: string;
}

/** How many were taken. UsageError for what the file does not open. */
export async function openNames({ file, wanted, output }: OpenNamesOptions): Promise<number> {
  const { openings, ...head } = await readOpenings(file);
  const unknown = wanted.filter((text) => !openings.some(({ token, name }) => token === text || name === text));
  if (unknown.length > 0) {
    throw new UsageError(
      unknown.map((text) => ({ file, message: `opens nothing called ${JSON.stringify(text)}` })),
      "Name commitments as the report shows them, or names.",
    );
  }
  const taken = openings.filter(({ token, name }) => wanted.includes(token) || wanted.includes(name));
  await refuseUnwritable(output);
  await writePrivate(output, jsonText({ ...head, openings: taken }));
  return taken.length;
}
