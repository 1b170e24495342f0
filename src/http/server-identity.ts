/** Does a certificate speak for a host? Node's own check, except for IPv6 addresses (nodejs/node#64144). */
import { isIP } from "node:net";
import { checkServerIdentity, type PeerCertificate } from "node:tls";

const normalized = (address: string) => (isIP(address) === 6 ? new URL(`http://[${address}]`).hostname : address);

/** Entries of a subjectaltname text; a quoted one is a single entry, whatever commas it holds. */
const entries = (text: string) => text.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? [];

/** An error if the certificate does not name the host, undefined if it does. */
export function checkIdentity(host: string, certificate: PeerCertificate): Error | undefined {
  if (isIP(host) !== 6) return checkServerIdentity(host, certificate);
  const wanted = normalized(host);
  const prefix = "IP Address:";
  const named = entries(certificate.subjectaltname ?? "")
    .map((entry) => entry.trim())
    .some((entry) => entry.startsWith(prefix) && normalized(entry.slice(prefix.length)) === wanted);
  if (named) return undefined;
  return Object.assign(new Error("the certificate does not name this IPv6 address"), {
    code: "ERR_TLS_CERT_ALTNAME_INVALID",
  });
}
