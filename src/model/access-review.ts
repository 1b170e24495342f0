/** A right as an access review asks for it (authorization.k8s.io/v1). */
import type { JsonObject } from "./json.ts";
import type { Right } from "./probe.ts";

export function accessReviewSpec(right: Right): JsonObject {
  if (right.kind === "path") return { nonResourceAttributes: { path: right.path, verb: right.verb } };
  const { kind: _, own: __, resource, ...attributes } = right;
  const [name = "", subresource] = resource.split("/", 2);
  return {
    resourceAttributes: { ...attributes, resource: name, ...(subresource === undefined ? {} : { subresource }) },
  };
}
