/** Looks at the first bytes of a stream without losing them. */

export interface Peeked {
  /** The first 512 bytes, or as many as there are. */
  readonly head: Uint8Array;
  /** All bytes, the first ones included. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

export async function peeked(source: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < 512) {
    const { value, done } = await iterator.next();
    if (done === true) break;
    first.push(value);
    length += value.length;
  }
  const head = Buffer.concat(first);
  return { head: head.subarray(0, 512), chunks: rejoined(head, iterator) };
}

async function* rejoined(head: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (;;) {
      const { value, done } = await iterator.next();
      if (done === true) return;
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}
