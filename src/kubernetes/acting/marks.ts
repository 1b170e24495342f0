/** What every object of a run carries: whose it is, until when, and a proof that only the run's ledger can check. */
import { createHmac } from "node:crypto";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Instant } from "../../model/vocabulary.ts";

export const managedBy = { label: "app.kubernetes.io/managed-by", value: "scs-conformance" } as const;
export const runLabel = "scs-conformance/run";
/** When it may be taken for left behind, RFC 3339. */
export const expiresAnnotation = "scs-conformance/expires";
/** Path of the object itself: marks that somebody copied to another object do not fit it. */
export const objectAnnotation = "scs-conformance/object";
/** HMAC-SHA256 of the path under a secret of the run. */
export const proofAnnotation = "scs-conformance/proof";

/** A run, as its objects name it. */
export interface RunMarks {
  readonly run: string;
  readonly expires: Instant;
  /** Never leaves this machine. */
  readonly secret: string;
}

export const namespacePrefix = "scs-conformance-";

/** `scs-conformance-k3v9x`, `scs-conformance-k3v9x-peers`. */
export function namespaceName(run: string, purpose?: string): string {
  return `${namespacePrefix}${run}${purpose === undefined ? "" : `-${purpose}`}`;
}

export function proofOf(path: string, secret: string): string {
  return createHmac("sha256", secret).update(path).digest("hex");
}

/** All objects of the run; without one, of every run. */
export function selectorOf(run?: string): string {
  const ours = `${managedBy.label}=${managedBy.value}`;
  return run === undefined ? ours : `${ours},${runLabel}=${run}`;
}

/** The object with its marks; what a controller makes of its template carries the run as well. */
export function marked(object: JsonObject, path: string, marks: RunMarks): JsonObject {
  const labels = { [managedBy.label]: managedBy.value, [runLabel]: marks.run };
  const annotations = {
    [expiresAnnotation]: marks.expires,
    [objectAnnotation]: path,
    [proofAnnotation]: proofOf(path, marks.secret),
  };
  return { ...withTemplate(object, labels), metadata: withIn(object.metadata, labels, annotations) };
}

function withIn(metadata: unknown, labels: JsonObject, annotations: JsonObject): JsonObject {
  const given = objectOf(metadata);
  return {
    ...given,
    labels: { ...objectOf(given.labels), ...labels },
    ...(Object.keys(annotations).length === 0
      ? {}
      : { annotations: { ...objectOf(given.annotations), ...annotations } }),
  };
}

function withTemplate(object: JsonObject, labels: JsonObject): JsonObject {
  const spec = objectOf(object.spec);
  if (!isJsonObject(spec.template)) return object;
  const template = { ...spec.template, metadata: withIn(spec.template.metadata, labels, {}) };
  return { ...object, spec: { ...spec, template } };
}

const objectOf = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});
