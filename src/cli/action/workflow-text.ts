/** What a workflow of GitHub Actions reads: commands on stdout, outputs and summaries in files (docs.github.com, workflow commands). */

/** A line that the runner obeys; data and properties cannot break out of it. */
export function command(name: "error" | "warning" | "notice", title: string, message: string): string {
  return `::${name} title=${property(title)}::${data(message)}\n`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** Between the two lines the runner obeys nothing; the token must be unknown to whoever writes in between. */
export function silenced(token: string): { readonly begin: string; readonly end: string } {
  return { begin: `::stop-commands::${token}\n`, end: `\n::${token}::\n` };
}

/** Entries of the file that GITHUB_OUTPUT names. The delimiter must be unknown to whoever made the values. */
export function outputs(values: { readonly [name: string]: string }, delimiter: string): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
    .join("");
}

/** A step's summary is dropped whole when it is larger than this. */
const summaryBytes = 1024 * 1024;

/** The text, as far as it fits beside what the step has written already; cut at a line's end. */
export function summaryPart(text: string, written: number): string {
  const room = summaryBytes - written - 1;
  if (Buffer.byteLength(text) <= room) return text;
  const kept = Buffer.from(text).subarray(0, Math.max(room, 0));
  const end = kept.lastIndexOf(0x0a);
  return end < 0 ? "" : kept.subarray(0, end + 1).toString("utf8");
}
