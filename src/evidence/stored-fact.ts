/** What a probe read, as the evidence keeps it. */
import { canonicalJson } from "../model/canonical-json.ts";
import { sha256 } from "../model/digest.ts";
import type { StoredFact } from "../model/evidence.ts";
import type { Reading } from "../model/fact.ts";
import { probedFacts } from "../model/facts/index.ts";
import { Defect } from "../model/faults.ts";
import type { Json } from "../model/json.ts";
import type { AnyProbe } from "../model/probe.ts";
import type { UnavailableReason } from "../model/vocabulary.ts";
import { shapeFaults } from "./open.ts";
import { resolveText, unavailableText } from "./resolve.ts";
import { keepText } from "./written.ts";

export type StoredUnavailable = Extract<StoredFact, { readonly status: "unavailable" }>;

interface Timing {
  readonly at: string;
  readonly milliseconds: number;
}

/** Throws a Defect when the value does not fit the fact's schema: the probe, not the cluster, broke its promise. */
export function storedFact(probe: AnyProbe, reading: Reading<unknown>, timing: Timing): StoredFact {
  if (!reading.ok) return storedUnavailable(probe, reading, timing);
  const faults = shapeFaults(probedFacts[probe.id], reading.value);
  if (faults.length > 0) throw new Defect(`the probe ${probe.id} wrote what its fact does not allow: ${faults[0]}`);
  const value = reading.value as Json;
  const text = Buffer.from(canonicalJson(value));
  if (typeof value === "object" && value !== null) keepText(value, [text]);
  return { status: "collected", ...whole(timing), sha256: sha256(text), value };
}

export function storedUnavailable(
  probe: AnyProbe,
  { reason, message }: { readonly reason: UnavailableReason; readonly message: string },
  timing: Timing,
): StoredUnavailable {
  return {
    status: "unavailable",
    ...whole(timing),
    reason,
    message: unavailableText(reason, message),
    resolve: resolveText(probe, reason),
  };
}

/** A clock that was set back in between must not make a negative duration. */
const whole = ({ at, milliseconds }: Timing): Timing => ({ at, milliseconds: Math.max(0, Math.round(milliseconds)) });
