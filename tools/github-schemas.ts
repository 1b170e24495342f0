/**
 * `node tools/run.js github-schemas FOLDER`: cuts the schemas of the request bodies that we send out of GitHub's OpenAPI
 * description. FOLDER is where `npm install @octokit/openapi@VERSION` put the package; it is 394 MB and no dependency.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isJsonObject, type Json } from "../src/model/json.ts";

/** Every call of src/github that sends a body. */
const operations: readonly (readonly [method: string, route: string])[] = [
  ["post", "/repos/{owner}/{repo}/git/blobs"],
  ["post", "/repos/{owner}/{repo}/git/trees"],
  ["post", "/repos/{owner}/{repo}/git/commits"],
  ["post", "/repos/{owner}/{repo}/git/refs"],
  ["post", "/repos/{owner}/{repo}/pulls"],
  ["post", "/repos/{owner}/{repo}/forks"],
  ["post", "/repos/{owner}/{repo}/issues/{issue_number}/comments"],
  ["patch", "/repos/{owner}/{repo}/issues/comments/{comment_id}"],
  ["post", "/repos/{owner}/{repo}/check-runs"],
  ["patch", "/repos/{owner}/{repo}/check-runs/{check_run_id}"],
];

const target = path.resolve(process.argv[1] ?? "", "../../fixtures/schemas/github-requests.json");

/** Prose and examples say nothing that a validator looks at. */
const prose = ["description", "example", "examples", "x-github", "deprecated"];

/** OpenAPI 3.0 as JSON Schema: `nullable` becomes a type of its own, prose goes, except as names of properties. */
function schemaOf(value: Json, names = false): Json {
  if (Array.isArray(value)) return value.map((item: Json) => schemaOf(item));
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value)
    .filter(([key]) => names || !(prose.includes(key) || key === "nullable"))
    .map(([key, item]) => [key, schemaOf(item, !names && key === "properties")] as const);
  const schema = Object.fromEntries(kept);
  if (names || value.nullable !== true) return schema;
  const withNull = Array.isArray(schema.enum) ? { enum: [...schema.enum, null] } : {};
  return { ...schema, ...withNull, ...(typeof schema.type === "string" && { type: [schema.type, "null"] }) };
}

function at(value: Json, ...keys: readonly string[]): Json {
  return keys.reduce<Json>((found, key) => {
    const next = isJsonObject(found) ? found[key] : undefined;
    if (next === undefined) throw new Error(`GitHub's description has no ${keys.join(" > ")}`);
    return next;
  }, value);
}

const folder = path.resolve(process.argv[2] ?? "");
const read = (file: string) => JSON.parse(readFileSync(path.join(folder, file), "utf8")) as Json;
const version = at(read("package.json"), "version");
const described = read("generated/api.github.com.deref.json");
const cut = operations.map(([method, route]) => {
  const body = at(described, "paths", route, method, "requestBody", "content", "application/json", "schema");
  return [`${method.toUpperCase()} ${route}`, schemaOf(body)] as const;
});
const source = `@octokit/openapi ${String(version)}, generated/api.github.com.deref.json`;
writeFileSync(target, `${JSON.stringify({ source, requests: Object.fromEntries(cut) }, null, 1)}\n`);
