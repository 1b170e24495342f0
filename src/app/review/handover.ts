/**
 * What the unprivileged job of a review hands to the one that may write: which pull request, and what came out. It comes out of a
 * run of somebody's pull request, so it is believed in nothing: the writing job judges again and says where that differs.
 */
import { type Static, Type } from "@sinclair/typebox";
import { shapeFaults } from "../../evidence/open.ts";
import { UsageError } from "../../model/faults.ts";
import { readText } from "../read-file.ts";
import { writeWhole } from "../write-file.ts";
import type { Review } from "./review.ts";

const Handover = Type.Object(
  {
    schemaVersion: Type.Literal(1),
    repository: Type.String({ maxLength: 200 }),
    pull: Type.Integer({ minimum: 1 }),
    head: Type.String({ pattern: "^[0-9a-f]{40,64}$" }),
    state: Type.Union([Type.Literal("holds"), Type.Literal("fails"), Type.Literal("open")]),
  },
  { additionalProperties: false },
);
export type Handover = Static<typeof Handover>;

const maxBytes = 64 * 1024;

export async function writeHandover(file: string, of: Omit<Handover, "schemaVersion" | "state">, review: Review) {
  const handover: Handover = { schemaVersion: 1, ...of, state: review.state };
  await writeWhole(file, `${JSON.stringify(handover)}\n`);
}

/** UsageError for what is none. */
export async function readHandover(file: string): Promise<Handover> {
  const text = await readText(file, maxBytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError([{ file, message: "is not JSON" }], "Give the file that `review --artifact-out` wrote.");
  }
  const faults = shapeFaults(Handover, value);
  if (faults.length === 0) return value as Handover;
  throw new UsageError(
    faults.map((message) => ({ file, message })),
    "Give the file that `review --artifact-out` wrote.",
  );
}
