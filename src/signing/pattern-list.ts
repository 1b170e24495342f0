/** Pattern lists of ssh_config(5): commas, `*` and `?`, `!` for names that must not match. */

/** OpenSSH gives up on longer patterns. */
const longestPattern = 1022;

/** Whether a list takes a name: at least one pattern matches and no negated one does. Case-sensitive, byte by byte as in OpenSSH. */
export function matchesList(name: string, list: string): boolean {
  const bytes = byteText(name);
  let matched = false;
  for (const entry of byteText(list).split(",")) {
    const negated = entry.startsWith("!");
    const pattern = negated ? entry.slice(1) : entry;
    if (pattern.length > longestPattern) return false;
    if (!matchesPattern(bytes, pattern)) continue;
    if (negated) return false;
    matched = true;
  }
  return matched;
}

/** One character per byte, so that `?` stands for one byte. */
function byteText(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** Remembers only the last star: never more than length times length steps. */
function matchesPattern(text: string, pattern: string): boolean {
  let [at, next] = [0, 0];
  let [star, resume] = [-1, 0];
  while (at < text.length) {
    const wanted = pattern[next];
    if (wanted === "*") {
      star = next++;
      resume = at;
    } else if (wanted !== undefined && (wanted === "?" || wanted === text[at])) {
      at++;
      next++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[next] === "*") next++;
  return next === pattern.length;
}
