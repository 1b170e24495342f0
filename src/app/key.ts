/** The key a caller signs with, if any. */
import { UsageError } from "../model/faults.ts";
import type { Signer } from "../model/signer.ts";
import type { SigningOptions } from "./options.ts";

export async function openSigner(options: SigningOptions): Promise<Signer | undefined> {
  const { signer, key, agent, passphrase, agentSocket } = options;
  if (signer) return signer;
  if (key !== undefined && agent !== undefined) {
    throw new UsageError("--key and --agent both name a signer.", "Give one of them.");
  }
  if (options.program !== undefined) return programSigner(options);
  if (key !== undefined) {
    const { fileSigner } = await import("../signing/file-signer.ts");
    return fileSigner(key, passphrase);
  }
  if (agent !== undefined) {
    const { agentSigner } = await import("../signing/agent-signer.ts");
    return agentSigner(agent, agentSocket);
  }
  return undefined;
}

async function programSigner({ key, passphrase, notice, environment = {} }: SigningOptions): Promise<Signer> {
  if (key === undefined) {
    throw new UsageError(
      "--signer ssh-keygen needs the file of a key.",
      "Give --key FILE: a private key, or a public one (.pub, -cert.pub) whose private half an agent holds.",
    );
  }
  const { keygenSigner } = await import("../signing/keygen-signer.ts");
  return keygenSigner(key, { passphrase, notice, environment });
}
