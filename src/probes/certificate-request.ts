import type { ClusterActor } from "../model/acting.ts";
import type { ClusterAsker } from "../model/asking.ts";
import { type Reading, read } from "../model/fact.ts";
import { type CertificateRequestFact, kubernetesSigners } from "../model/facts/certificate-request.ts";
import { defineProbe } from "../model/probe.ts";
import { keptWords, refusedBy } from "./acting/hindrance.ts";
import { clientRequest, signingRequest } from "./client-request.ts";
import { isAccepted, lacksRight, messageOf } from "./said.ts";
import { type RequestState, requestState, signingRequestsPath } from "./signing-request.ts";

const [clientSigner] = kubernetesSigners;
const masters = "system:masters";

export const certificateRequestProbe = defineProbe({
  id: "kube/certificate-request",
  title: "what becomes of a request for a client certificate that nobody approves",
  tier: "system",
  rights: [{ kind: "resource", verb: "create", group: "certificates.k8s.io", resource: "certificatesigningrequests" }],
  makes: {
    objects: { CertificateSigningRequest: 1 },
    pods: 0,
    seconds: 15,
    disturbs: "the audit log shows a request for a certificate, and a dry run of one in the group system:masters",
  },
  requests: 20,
  collect: ({ act, ask }) => tryRequest(act, ask, 10_000),
});

/** `patience`: milliseconds that somebody has to answer the request. */
export async function tryRequest(
  act: ClusterActor,
  ask: ClusterAsker,
  patience: number,
): Promise<Reading<CertificateRequestFact>> {
  const name = act.name("client-certificate");
  const plain = await clientRequest({ commonName: name });
  const said = await act.createClusterScoped(signingRequestsPath, signingRequest(name, clientSigner, plain));
  if (!said.ok) return said;
  const forbidden = lacksRight(said.value, "create");
  if (forbidden) return forbidden;
  const hindrance = isAccepted(said.value) ? undefined : refusedBy(said.value);
  const state = hindrance === undefined ? await answered(act, `${signingRequestsPath}/${name}`, patience) : undefined;
  if (state?.ok === false) return state;
  return read({
    signers: await signersTaken(ask, name, plain),
    ...(state === undefined ? {} : { state: state.value }),
    ...(hindrance === undefined ? {} : { hindrance }),
  });
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

type Taken = CertificateRequestFact["signers"][number];

async function signersTaken(ask: ClusterAsker, name: string, plain: string): Promise<Taken[]> {
  const inMasters = await clientRequest({ commonName: name, group: masters });
  const tried = [
    ...kubernetesSigners.map((signer) => ({ about: { signer }, pem: plain })),
    { about: { signer: clientSigner, group: masters } as const, pem: inMasters },
  ];
  const taken: Taken[] = [];
  for (const { about, pem } of tried) {
    const object = signingRequest(`${name}-dry-run`, about.signer, pem);
    const said = await ask.create(signingRequestsPath, object);
    // a webhook that knows no dry runs leaves it open
    if (!said.ok) continue;
    const accepted = isAccepted(said.value);
    taken.push({ ...about, accepted, ...(accepted ? {} : { said: keptWords(messageOf(said.value)) }) });
  }
  return taken;
}
