/** Forms of what is no report: a comparison, an outlook. Without loading any of them. */
export const tableFormats = ["text", "markdown", "json"] as const;
export type TableFormat = (typeof tableFormats)[number];
