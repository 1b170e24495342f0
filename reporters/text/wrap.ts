/** Fits text into columns of a terminal. */

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const still = /\p{M}/u;

/** Columns that plain text takes: two for wide characters, none for combining marks. */
export function columns(text: string): number {
  let sum = 0;
  for (const character of text) sum += wide.test(character) ? 2 : still.test(character) ? 0 : 1;
  return sum;
}

/**
 * Lines of at most `width` columns, broken at blanks; `taken` of the first are used already. Longer words are cut, addresses of
 * pages never.
 */
export function wrapped(text: string, width: number, taken = 0): readonly string[] {
  const room = Math.max(8, width);
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(" ").flatMap((one) => pieces(one, room))) {
    const limit = lines.length === 0 ? room - taken : room;
    if (line === undefined && columns(word) > limit && taken > 0) {
      lines.push("");
      line = word;
    } else if (line === undefined) line = word;
    else if (columns(line) + 1 + columns(word) <= limit) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line ?? ""];
}

function pieces(word: string, room: number): readonly string[] {
  if (columns(word) <= room || /^https?:\/\/[^\s]{1,200}$/.test(word)) return [word];
  const parts: string[] = [];
  let part = "";
  for (const character of word) {
    if (part !== "" && columns(part) + columns(character) > room) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  return [...parts, part];
}
