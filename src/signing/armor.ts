/** The armor of PROTOCOL.sshsig, section 3: written as OpenSSH writes it, read so that one signature has one text. */
import { decodeBase64, MalformedError } from "./ssh-wire.ts";

const header = "-----BEGIN SSH SIGNATURE-----";
const footer = "-----END SSH SIGNATURE-----";

/** OpenSSH wraps at 70, the specification suggests 76, PEM writers use 64. */
const written = 70;
const narrowest = 64;
const widest = 76;

/** A signature by an RSA key of 16384 bits takes less than 8 KiB. */
const longest = 32_768;

export function armor(blob: Uint8Array): string {
  const lines =
    Buffer.from(blob)
      .toString("base64")
      .match(new RegExp(`.{1,${written}}`, "g")) ?? [];
  return `${[header, ...lines, footer].join("\n")}\n`;
}

/** The bytes of exactly one armored signature and nothing around it. MalformedError otherwise. */
export function dearmor(text: string): Buffer {
  if (text.length > longest) throw new MalformedError("it is too long for a signature");
  if (!text.startsWith(`${header}\n`)) throw new MalformedError(`it does not start with the line ${header}`);
  if (text.includes("\r")) throw new MalformedError("it has carriage returns");
  const end = text.indexOf(`\n${footer}`);
  if (end < 0) throw new MalformedError(`it has no line ${footer}`);
  const after = text.slice(end + 1 + footer.length);
  if (after.includes(header)) throw new MalformedError("it holds more than one signature");
  if (after !== "\n") throw new MalformedError(`it does not end with one newline after ${footer}`);
  const lines = text.slice(header.length + 1, Math.max(end, header.length + 1)).split("\n");
  if (!evenlyWrapped(lines)) throw new MalformedError("its lines are not evenly wrapped");
  const blob = decodeBase64(lines.join(""));
  if (blob === undefined) throw new MalformedError("it is not base64");
  return blob;
}

function evenlyWrapped(lines: readonly string[]): boolean {
  const width = lines[0]?.length ?? 0;
  const last = lines.at(-1)?.length ?? 0;
  if (last === 0 || last > width || width > widest) return false;
  return lines.length === 1 || (width >= narrowest && lines.slice(0, -1).every((line) => line.length === width));
}
