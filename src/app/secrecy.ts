/** The last look before anything is stored: what opens or locates the cluster must not stand in the facts. */
import { textOfGathered } from "../evidence/written.ts";
import type { Gathering } from "../model/evidence.ts";
import { Defect } from "../model/faults.ts";

/**
 * Throws a Defect, which names the fact and never the secret, when one of the connection's confidential texts stands in
 * what was gathered: whole credentials and addresses, not names that a node or a pod may rightly bear.
 */
export function holdSecrecy(gathering: Gathering, confidential: readonly string[]): void {
  const wanted = telling(confidential);
  const { items, ...rest } = gathering;
  const parts: readonly (readonly [string, unknown])[] = [["the request log", rest], ...Object.entries(items)];
  for (const [name, part] of parts) {
    // no string stands in two pieces
    const pieces = textOfGathered(part).map((piece) => Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    if (wanted.some((secret) => pieces.some((piece) => piece.includes(secret)))) {
      throw new Defect(`${name} holds a credential or an address of the kubeconfig; nothing was stored`);
    }
  }
}

/** Texts that cannot stand in evidence by chance, as JSON writes them. */
export function telling(confidential: readonly string[]): readonly string[] {
  const addresses = confidential.flatMap(hostAndPort);
  const secrets = confidential.filter((text) => text.length >= 12 && !isName(text));
  return [...new Set([...addresses, ...secrets])].map((text) => JSON.stringify(text).slice(1, -1));
}

/** A host or a user alone may be the name of a node; with its port it is an address. */
function hostAndPort(text: string): readonly string[] {
  if (!/^[a-z]+:\/\//i.test(text) || !URL.canParse(text)) return [];
  const { host, port, hostname } = new URL(text);
  return [port === "" ? `${hostname}:443` : host];
}

/** `kubernetes-admin`, `system:admin`, `10.20.30.40`, `cp-1.example.org`, `/k8s/clusters/c-1`: short, or a DNS name. */
function isName(text: string): boolean {
  const short = /^[a-z0-9/:._@-]{1,19}$/.test(text);
  const dns = /^([a-z0-9-]+\.)+[a-z-]+$/.test(text);
  const address = /^\d{1,3}(\.\d{1,3}){3}$/.test(text) || /^[0-9a-f[\]]*:[0-9a-f:.[\]]+$/.test(text);
  return short || dns || address;
}
