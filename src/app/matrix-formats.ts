/** A matrix in each form that is printed. */
import { matrixMarkdown } from "../../reporters/matrix/markdown.ts";
import { matrixText } from "../../reporters/matrix/text.ts";
import { sha256 } from "../model/digest.ts";
import type { TerminalOptions } from "./exit.ts";
import type { MadeMatrix } from "./matrix/make-matrix.ts";
import type { TableFormat } from "./table-formats.ts";

export function matrixIn(format: TableFormat, made: MadeMatrix, { color, width, verbose }: TerminalOptions): string {
  const { matrix, text, signedBy } = made;
  switch (format) {
    case "json":
      return text;
    case "markdown":
      return matrixMarkdown(matrix, { matrixSha256: sha256(text), ...(signedBy === undefined ? {} : { signedBy }) });
    case "text":
      return matrixText(matrix, { color, verbose, ...(width === undefined ? {} : { width }) });
  }
}
