/** CertificateSigningRequests (certificates.k8s.io/v1), by what became of them. */
import type { CertificateRequestFact } from "../model/facts/certificate-request.ts";
import { listAt, textAt, valueAt } from "./untrusted.ts";

export const signingRequestsPath = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

/** `approved`: signed by nobody yet; `refused`: denied, or it could not be signed. */
export type RequestState = NonNullable<CertificateRequestFact["state"]>;

export function requestState(object: unknown): RequestState {
  const conditions = listAt(object, "status", "conditions").map((condition) => textAt(condition, "type"));
  if (conditions.includes("Denied") || conditions.includes("Failed")) return "refused";
  if (!conditions.includes("Approved")) return "pending";
  const certificate = valueAt(object, "status", "certificate");
  return typeof certificate === "string" && certificate !== "" ? "issued" : "approved";
}
