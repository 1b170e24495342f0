/** Lines of a text that may be huge: each one cut to a length, the rest of it passed over. */

const longest = 16 * 1024;

export async function* lines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  // logs hold whatever pods print: what is no UTF-8 is replaced
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = (parts.pop() ?? "").slice(0, longest);
    if (parts.length > 0) yield parts.map((line) => line.slice(0, longest));
  }
  if (rest !== "") yield [rest];
}
