/** Where the passphrase of an encrypted key comes from: an environment variable, or the terminal. Never an argument. */
import { createInterface } from "node:readline";
import { Writable } from "node:stream";

export const passphraseVariable = "SCS_CONFORMANCE_KEY_PASSPHRASE";

export async function askPassphrase(): Promise<string | undefined> {
  const given = process.env[passphraseVariable];
  if (given !== undefined) return given;
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  process.stderr.write("Passphrase of the signing key: ");
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await new Promise<string | undefined>((resolve) => {
      reader.question("", resolve);
      reader.once("close", () => resolve(undefined));
      // the terminal is raw here: Ctrl-C comes as a key, not as a signal
      reader.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
    });
  } finally {
    reader.close();
    process.stderr.write("\n");
  }
}
