/** YAML that YAML 1.1 and 1.2 readers read alike: every string and key in double quotes, times and numbers plain. */
import { Document, Scalar } from "yaml";

/** A value that is written bare, for a timestamp or a date. */
export function bare(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = "PLAIN";
  return scalar;
}

/** One document, beginning with `---`, keys in the order given. */
export function yamlDocument(value: unknown): string {
  const text = new Document(value, { aliasDuplicateObjects: false }).toString({
    lineWidth: 0,
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "QUOTE_DOUBLE",
  });
  return `---\n${text}`;
}
