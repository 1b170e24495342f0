import type { ClusterActor } from "../model/acting.ts";
import type { ClusterAsker } from "../model/asking.ts";
import { type Reading, read } from "../model/fact.ts";
import { type CertificateRequestFact, requestPatienceSeconds } from "../model/facts/certificate-request.ts";
import { defineProbe } from "../model/probe.ts";
import { keptWords, refusedBy } from "./acting/hindrance.ts";
import { clientRequest } from "./client-request.ts";
import { isAccepted, lacksRight, messageOf } from "./said.ts";
import { type RequestState, requestState, signingRequestsPath } from "./signing-request.ts";

/** The right to approve is never asked for: what is not approved is never signed. */
export const certificateRequestProbe = defineProbe({
  id: "kube/certificate-request",
  title: "what becomes of a request for a client certificate that nobody approves",
  tier: "system",
  rights: [{ kind: "resource", verb: "create", group: "certificates.k8s.io", resource: "certificatesigningrequests" }],
  makes: {
    objects: { CertificateSigningRequest: 1 },
    pods: 0,
    seconds: requestPatienceSeconds + 5,
    disturbs: "the audit log shows a request for a certificate, and a dry run of one in the group system:masters",
  },
  asks: { dryRuns: true },
  requests: 24,
  collect: ({ act, ask }) => tryRequest(act, ask, requestPatienceSeconds * 1000),
});

/** `patience`: milliseconds that somebody has to answer the request. */
export async function tryRequest(
  act: ClusterActor,
  ask: ClusterAsker,
  patience: number,
): Promise<Reading<CertificateRequestFact>> {
  const name = act.name("client-certificate");
  const request = await clientRequest(name, { commonName: name });
  const said = await act.createClusterScoped(signingRequestsPath, request);
  if (!said.ok) return said;
  const forbidden = lacksRight(said.value, "create");
  if (forbidden) return forbidden;
  const inMasters = await askForMasters(ask, name);
  if (!isAccepted(said.value)) return read({ hindrance: refusedBy(said.value), ...inMasters });
  const state = await answered(act, `${signingRequestsPath}/${name}`, patience);
  return state.ok ? read({ state: state.value, ...inMasters }) : state;
}

/** Waits for an answer, and removes the request whether there was one or not: what cannot be removed, the run's end removes. */
async function answered(act: ClusterActor, path: string, patience: number): Promise<Reading<RequestState>> {
  let last: RequestState = "pending";
  const final = (object: unknown) => {
    last = requestState(object);
    return last === "issued" || last === "refused" ? last : undefined;
  };
  const seen = await act.until(path, final, { milliseconds: patience });
  await act.remove(path);
  return seen.ok || seen.reason !== "timeout" ? seen : read(last);
}

/** Admission alone answers: nobody can approve what is not stored. */
async function askForMasters(ask: ClusterAsker, name: string): Promise<Pick<CertificateRequestFact, "inMasters">> {
  const request = await clientRequest(`${name}-dry-run`, { commonName: name, group: "system:masters" });
  const said = await ask.create(signingRequestsPath, request);
  if (!said.ok) return {};
  const accepted = isAccepted(said.value);
  return { inMasters: { accepted, ...(accepted ? {} : { said: keptWords(messageOf(said.value)) }) } };
}
