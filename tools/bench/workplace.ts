/** Where a benchmark works: the bundles it runs, a folder for what they leave, a key to sign with. */
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { common } from "../esbuild-options.js";

export interface Workplace {
  readonly folder: string;
  readonly tool: string;
  readonly bigServer: string;
  readonly rawReader: string;
  readonly listPods: string;
  /** A private key, and who may sign with it. */
  readonly key: string;
  readonly allowedSigners: string;
  close(): void;
}

export const subject = "bench-cluster";

export async function openWorkplace(): Promise<Workplace> {
  execFileSync(process.execPath, ["tools/build.js"], { stdio: "inherit" });
  // below node_modules, so that packages left out of a bundle are still found
  const folder = mkdtempSync(path.resolve("node_modules", ".bench-"));
  // .mjs: below node_modules Node would compile each once more to find out what it is
  const names = ["big-server", "raw-reader", "list-pods"];
  const options = { ...common, minifyWhitespace: true, minifySyntax: true };
  await build({
    ...options,
    entryPoints: names.map((name) => `tests/bench/${name}.ts`),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
  });
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const key = path.join(folder, "key.pem");
  writeFileSync(key, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  const allowedSigners = path.join(folder, "allowed_signers");
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
  writeFileSync(allowedSigners, `${subject} ${sshLine(raw)}\n`);
  return {
    folder,
    tool: path.resolve("dist/scs-conformance.js"),
    bigServer: path.join(folder, "big-server.mjs"),
    rawReader: path.join(folder, "raw-reader.mjs"),
    listPods: path.join(folder, "list-pods.mjs"),
    key,
    allowedSigners,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** RFC 8709: the name of the algorithm and the 32 bytes, each with its length before it. */
function sshLine(raw: Buffer): string {
  const part = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  return `ssh-ed25519 ${Buffer.concat([part(Buffer.from("ssh-ed25519")), part(raw)]).toString("base64")}`;
}
