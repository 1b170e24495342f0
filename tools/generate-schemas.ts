/** JSON Schemas of the files that people write and read, made of the definitions in src/model. */
import { type TSchema, Type } from "@sinclair/typebox";
import { DeclarationsFile } from "../src/model/declaration.ts";
import { Evidence, StoredFact } from "../src/model/evidence.ts";
import { Unavailable } from "../src/model/fact.ts";
import { inputFacts, probedFacts } from "../src/model/facts/index.ts";
import { isJsonObject, type JsonObject } from "../src/model/json.ts";
import { Matrix } from "../src/model/matrix.ts";
import { Report } from "../src/model/report.ts";
import { ComingScopeFile, ScopeFile } from "../src/model/scope-file.ts";
import { Standard } from "../src/model/standard.ts";
import { Instant, Sha256 } from "../src/model/vocabulary.ts";
import { WaiversFile } from "../src/model/waiver.ts";
import type { GeneratedFile } from "./generated-file.ts";

const milliseconds = Type.Integer({ minimum: 0 });

/** A stored fact around the schema of its value. */
function storedFact(id: string, value: TSchema): TSchema {
  return Type.Union(
    [
      Type.Composite([Unavailable, Type.Object({ milliseconds })]),
      Type.Object({ status: Type.Literal("collected"), at: Instant, milliseconds, sha256: Sha256, value }),
    ],
    { title: id },
  );
}

/** The evidence schema with the value of every fact and input spelled out; code checks those one by one. */
function evidenceSchema(): JsonObject {
  const facts = Object.entries(probedFacts).map(([id, value]) => [id, Type.Optional(storedFact(id, value))] as const);
  const items = Type.Object(Object.fromEntries(facts), { additionalProperties: StoredFact });
  const schema = plain(Evidence);
  put(schema, ["facts", "gathering", "items"], plain(items));
  put(schema, ["inputs", "conformanceResults", "value"], plain(inputFacts["input/conformance-results"]));
  put(schema, ["inputs", "networkPolicyResults", "value"], plain(inputFacts["input/network-policy-results"]));
  put(schema, ["inputs", "nodeConfiguration", "value"], plain(inputFacts["input/node-configuration"]));
  put(schema, ["inputs", "kubernetesReleases", "value"], plain(inputFacts["input/kubernetes-releases"]));
  return schema;
}

type Mutable = { [key: string]: unknown };

/** Replaces the schema of a property, given by the names that lead to it. */
function put(schema: JsonObject, names: readonly string[], replacement: JsonObject): void {
  let object = schema as Mutable;
  for (const [index, name] of names.entries()) {
    const properties = object.properties;
    if (!isJsonObject(properties) || !isJsonObject(properties[name])) throw new Error(`there is no ${names.join(".")}`);
    if (index === names.length - 1) (properties as Mutable)[name] = replacement;
    else object = properties[name] as Mutable;
  }
}

function plain(schema: TSchema): JsonObject {
  return JSON.parse(JSON.stringify(schema)) as JsonObject;
}

const sources: readonly {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly schema: () => JsonObject;
}[] = [
  {
    name: "standard",
    title: "SCS standard as data",
    description: "Every normative statement of one version of an SCS document, dated.",
    schema: () => plain(Standard),
  },
  {
    name: "scope",
    title: "SCS certificate definition",
    description: "The form of Tests/scs-compatible-*.yaml in SovereignCloudStack/standards.",
    schema: () => plain(ScopeFile),
  },
  {
    name: "scope-coming",
    title: "SCS certificate definition, coming form",
    description: "The form of such definitions on SovereignCloudStack/standards' branch feat/revamp-testing.",
    schema: () => plain(ComingScopeFile),
  },
  {
    name: "matrix",
    title: "Conformance matrix",
    description: "matrix.json: what many reports together say of providers, by Kubernetes branch.",
    schema: () => plain(Matrix),
  },
  {
    name: "declarations",
    title: "Declarations of a provider",
    description: "What a provider says and signs for, where no kubeconfig can show it.",
    schema: () => plain(DeclarationsFile),
  },
  {
    name: "waivers",
    title: "Waivers",
    description: "Reasoned, approved, expiring notes on known failures.",
    schema: () => plain(WaiversFile),
  },
  {
    name: "evidence",
    title: "evidence.json",
    description: "What was seen of a cluster, and all else that judging used.",
    schema: evidenceSchema,
  },
  {
    name: "report",
    title: "report.json",
    description: "The sealed result of judging evidence against standards.",
    schema: () => plain(Report),
  },
];

/** standards/schemas/*.schema.json. */
export function generateSchemas(): GeneratedFile[] {
  return sources.map(({ name, title, description, schema }) => {
    const head = {
      $schema: "http://json-schema.org/draft-07/schema#",
      $id: `urn:scs-conformance:schema:${name}`,
      title,
      description,
    };
    return {
      path: `standards/schemas/${name}.schema.json`,
      text: `${JSON.stringify({ ...head, ...schema() }, null, 2)}\n`,
    };
  });
}
