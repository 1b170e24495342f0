/** `*` stands for any text. Linear, because patterns also come from evidence files that others wrote. */
export function glob(pattern: string, name: string): boolean {
  const [head = "", ...parts] = pattern.split("*");
  if (parts.length === 0) return head === name;
  const tail = parts.pop() ?? "";
  if (!name.startsWith(head) || !name.endsWith(tail) || name.length < head.length + tail.length) return false;
  let rest = name.slice(head.length, name.length - tail.length);
  for (const part of parts) {
    const at = rest.indexOf(part);
    if (at === -1) return false;
    rest = rest.slice(at + part.length);
  }
  return true;
}
