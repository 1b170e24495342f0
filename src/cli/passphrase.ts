/** Where the passphrase of an encrypted key comes from: an environment variable, or the terminal. Never an argument. */
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { Interrupted } from "./failure.ts";

export const passphraseVariable = "SCS_CONFORMANCE_KEY_PASSPHRASE";

/** Undefined when there is nobody to ask, or who is asked has no answer (Ctrl-D). */
export async function askPassphrase(): Promise<string | undefined> {
  const given = process.env[passphraseVariable];
  if (given !== undefined) return given;
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  // asked only now that the terminal is silent: what is typed at once must not be shown
  process.stderr.write("Passphrase of the signing key: ");
  const { promise, stop, resolve } = answer();
  try {
    reader.question("", resolve);
    reader.once("close", () => resolve(undefined));
    // a silent terminal gives Ctrl-C as a key, somebody else a signal
    reader.once("SIGINT", stop);
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    return await promise;
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    reader.close();
    process.stderr.write("\n");
  }
}

interface Answer {
  readonly promise: Promise<string | undefined>;
  resolve(text: string | undefined): void;
  stop(): void;
}

function answer(): Answer {
  let resolve: Answer["resolve"] = () => undefined;
  let stop: Answer["stop"] = () => undefined;
  const promise = new Promise<string | undefined>((accept, reject) => {
    resolve = accept;
    stop = () => reject(new Interrupted("interrupted"));
  });
  return { promise, resolve, stop };
}
