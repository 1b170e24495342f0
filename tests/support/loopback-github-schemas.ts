/** Bodies of requests against GitHub's own description of its API. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv, type ValidateFunction } from "ajv";

const file = path.resolve("fixtures/schemas/github-requests.json");
const { requests } = JSON.parse(readFileSync(file, "utf8")) as {
  readonly requests: { readonly [route: string]: object };
};

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
const compiled = new Map<string, ValidateFunction>(
  Object.entries(requests).map(([route, schema]) => [route, ajv.compile(schema)]),
);

/** Why GitHub would answer 422; undefined when the body is one that it describes. Throws for a route without a schema. */
export function bodyFault(route: string, body: unknown): string | undefined {
  const validate = compiled.get(route);
  if (!validate) throw new Error(`fixtures/schemas/github-requests.json has no ${route}: cut it anew`);
  return validate(body) ? undefined : ajv.errorsText(validate.errors);
}
