/** Declarations files: shape, days, requirement ids, all faults of a file at once. */
import { DeclarationsFile } from "../model/declaration.ts";
import { type InputFault, UsageError } from "../model/faults.ts";
import { inOrder } from "./in-order.ts";
import { type Located, locate, type Path } from "./located.ts";
import { momentFaults, momentOf } from "./moments.ts";
import { schemaFaults } from "./schema-faults.ts";
import { unknownId } from "./unknown-id.ts";

export interface DeclarationsSource {
  readonly file: string;
  readonly text: string;
  /** Ids that a declaration may speak of; absent: not looked at, because another version may have known others. */
  readonly requirements?: readonly string[];
}

/** What a file declares, every time an instant. Throws UsageError with every fault, each with line and column. */
export function parseDeclarations({ file, text, requirements }: DeclarationsSource): DeclarationsFile {
  const located = locate(file, text);
  const shape = [...located.faults, ...(located.value === undefined ? [] : schemaFaults(DeclarationsFile, located))];
  const value = located.value as DeclarationsFile;
  const faults = shape.length > 0 ? shape : contentFaults(value, located, requirements);
  if (faults.length > 0) {
    throw new UsageError(inOrder(faults), "Compare with standards/schemas/declarations.schema.json.");
  }
  const declarations = value.declarations.map((declaration) => ({
    ...declaration,
    declaredAt: momentOf(declaration.declaredAt),
    validUntil: momentOf(declaration.validUntil),
  }));
  return { ...value, declarations };
}

/** Whether a text means to be a declarations file, however many faults it has. */
export function looksLikeDeclarations(text: string): boolean {
  const { value } = locate("", text);
  return typeof value === "object" && value !== null && Object.hasOwn(value, "declarations");
}

function contentFaults(
  { declarations }: DeclarationsFile,
  located: Located,
  requirements: readonly string[] | undefined,
): InputFault[] {
  return declarations.flatMap((declaration, index) => {
    const path: Path = ["declarations", index];
    const { requirement, declaredAt, validUntil } = declaration;
    const moments = momentFaults(declaration, ["declaredAt", "validUntil"], path, located);
    const backwards = moments.length === 0 && momentOf(validUntil) <= momentOf(declaredAt);
    const twice = declarations.findIndex(
      (other) => other.requirement === requirement && momentOf(other.declaredAt) === momentOf(declaredAt),
    );
    return [
      ...(requirements
        ? unknownId("requirement", "id", requirement, requirements, [...path, "requirement"], located)
        : []),
      ...moments,
      ...(backwards ? [located.at([...path, "validUntil"], '"validUntil" is not after "declaredAt"')] : []),
      ...(twice < index
        ? [located.at([...path, "requirement"], `${requirement} is declared twice at the same time, ${declaredAt}`)]
        : []),
    ];
  });
}
