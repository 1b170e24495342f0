/** The SARIF schema of OASIS, and what it has to say of a text. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";

const file = join(import.meta.dirname, "../../fixtures/schemas/sarif-2.1.0.json");

/** Draft 4 differs from what ajv reads in the two keywords that name the schema, and in none that this schema uses. */
const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(file, "utf8"));
const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

/** One line for each fault; none for a valid log. */
export function sarifFaults(text: string): readonly string[] {
  if (validate(JSON.parse(text))) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
    readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
  }[];
  readonly partialFingerprints: { readonly [name: string]: string };
}

interface SarifRule {
  readonly id: string;
  readonly helpUri?: string;
  readonly help: { readonly text: string; readonly markdown: string };
}

export interface SarifRun {
  readonly tool: { readonly driver: { readonly rules: readonly SarifRule[] } };
  readonly automationDetails: { readonly id: string };
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly { readonly level: string; readonly message: { text: string } }[];
  }[];
  readonly results: readonly SarifResult[];
}

export function sarifRun(text: string): SarifRun {
  const [run] = (JSON.parse(text) as { readonly runs: readonly SarifRun[] }).runs;
  if (run === undefined) throw new Error("no run");
  return run;
}
