/** An outlook in each of its forms. */
import { outlookMarkdown } from "../../reporters/outlook/markdown.ts";
import { outlookText } from "../../reporters/outlook/text.ts";
import type { Outlook } from "../model/outlook.ts";
import { jsonText } from "../model/report-text.ts";
import type { TerminalOptions } from "./exit.ts";
import type { TableFormat } from "./table-formats.ts";

export function outlookIn(format: TableFormat, outlook: Outlook, { color, width, verbose }: TerminalOptions): string {
  switch (format) {
    case "json":
      return jsonText(outlook);
    case "markdown":
      return outlookMarkdown(outlook);
    case "text":
      return outlookText(outlook, { color, verbose, ...(width === undefined ? {} : { width }) });
  }
}
