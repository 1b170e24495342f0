/** What went wrong with a request, in the words of evidence: the one place that maps errors to reasons. */
import type { UnavailableReason } from "../model/vocabulary.ts";
import type { Peer } from "./target.ts";

export interface Failure {
  readonly reason: UnavailableReason;
  readonly message: string;
  /** The connection broke, as opposed to the server being silent or wrong: another try may help. */
  readonly broken: boolean;
}

export const failure = (reason: UnavailableReason, message: string, broken = false): Failure => ({
  reason,
  message,
  broken,
});

type Told = { readonly [code: string]: (peer: Peer) => string };

const unreachable: Told = {
  ECONNREFUSED: ({ name }) => `${name}'s address refuses connections`,
  ENOTFOUND: ({ name }) => `${name}'s name cannot be resolved`,
  EAI_AGAIN: ({ name }) => `${name}'s name cannot be resolved just now`,
  EHOSTUNREACH: ({ name }) => `there is no route to ${name}`,
  ENETUNREACH: ({ name }) => `there is no route to ${name}'s network`,
  EADDRNOTAVAIL: ({ name }) => `there is no route to ${name} from here`,
  EACCES: ({ name }) => `connecting to ${name} is not permitted here`,
};

const unsigned: Told[string] = ({ name, settings }) =>
  `${name}'s certificate is not signed by ${settings}'s certificate authority`;

const tlsMessages: Told = {
  CERT_HAS_EXPIRED: ({ name }) => `${name}'s certificate has expired`,
  CERT_NOT_YET_VALID: ({ name }) => `${name}'s certificate is not valid yet`,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ name }) => `${name}'s certificate is for another name or address`,
  SELF_SIGNED_CERT_IN_CHAIN: unsigned,
  DEPTH_ZERO_SELF_SIGNED_CERT: ({ name, settings }) => `${name}'s certificate is self-signed and not in ${settings}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unsigned,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unsigned,
};

/** A fault of ours in the clothes of a system error, raised where only errors can be raised (tunnels, sinks). */
export class ReadFault extends Error {
  readonly failure: Failure;

  constructor(known: Failure) {
    super(known.message);
    this.name = "ReadFault";
    this.failure = known;
  }
}

/** Names the fault of a connection. Never quotes the error: its text holds addresses. */
export function failureOf(error: unknown, peer: Peer): Failure {
  if (error instanceof ReadFault) return error.failure;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known = unreachable[code];
  if (known !== undefined) return failure("unreachable", known(peer));
  const tls = tlsMessages[code];
  if (tls !== undefined) return failure("tls", tls(peer));
  const { name } = peer;
  if (code === "ECONNRESET" || code === "EPIPE") {
    return failure("unreachable", `the connection to ${name} was broken off`, true);
  }
  if (code === "ETIMEDOUT") return failure("timeout", `${name} does not answer on its address`);
  if (code.startsWith("Z_") || code === "ERR_STREAM_PREMATURE_CLOSE") {
    return failure("malformed", `${name}'s compressed answer is damaged`);
  }
  if (code.startsWith("HPE_")) return failure("malformed", `${name}'s answer is not HTTP`);
  if (/^(ERR_SSL|ERR_TLS|ERR_OSSL|CERT_|CRL_|UNABLE_|INVALID_|HOSTNAME_|PATH_LENGTH|EPROTO)/.test(code)) {
    return failure("tls", `TLS with ${name} failed (${code})`);
  }
  return failure("unreachable", `${name} cannot be reached${code === "" ? "" : ` (${code})`}`);
}
