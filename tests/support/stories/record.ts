/** Gathers a story's evidence for real: every probe, over HTTPS on loopback, with a clock that stands still. */
import { planFor } from "../../../src/app/selected.ts";
import { loadKubernetesReleases } from "../../../src/catalogue/releases.ts";
import { embeddedScope, parseScope } from "../../../src/catalogue/scope.ts";
import { gather } from "../../../src/evidence/gather.ts";
import type { OpenViews } from "../../../src/evidence/open-views.ts";
import { createRedactor } from "../../../src/evidence/redactor.ts";
import { type SealedEvidence, sealEvidence } from "../../../src/evidence/seal.ts";
import type { Connection } from "../../../src/kubernetes/connect.ts";
import type { ClusterReader } from "../../../src/model/cluster.ts";
import { digestOf, sha256 } from "../../../src/model/digest.ts";
import type { Gathering, Inputs } from "../../../src/model/evidence.ts";
import type { Json } from "../../../src/model/json.ts";
import { branchOf, parseKubernetesVersion } from "../../../src/model/versions/kubernetes-version.ts";
import { probes } from "../../../src/probes/index.ts";
import { createCertificateAuthority } from "../certificates.ts";
import { connectedLoopback } from "../connected-loopback.ts";
import { paths } from "../gathering.ts";
import { forbidden, kubernetesRoutes } from "../kubernetes-routes.ts";
import type { LoopbackHandler } from "../loopback-server.ts";
import { connectedCloud } from "../openstack/connected-cloud.ts";
import type { Story } from "./story.ts";

const scopeName = "scs-compatible-kaas";
const tenYears = 3650;
const day = 86_400_000;

/** Call it inside a test. What differs from one recording to the next are certificates alone: their keys are random. */
export async function recordStory(story: Story): Promise<SealedEvidence> {
  const { authority, published, certificate } = await certificatesOf(story);
  const rootCa = { [paths.rootCa]: { data: { "ca.crt": published.pem } } };
  const routes = kubernetesRoutes(
    { ...rootCa, ...story.objects },
    { ...story.lists, overrides: story.overrides ?? {} },
  );
  const unverified = story.certificates?.unverified === true;
  const { connection } = await connectedLoopback(answersOf(story, routes), { authority, certificate, unverified });
  return evidenceOver(connection, story);
}

/** What all probes see over a connection, with the clock and the inputs of a story. */
export async function evidenceOver(
  connection: Pick<Connection, "reader" | "requests">,
  story: Pick<Story, "at" | "subject" | "minor" | "conformanceResults" | "proposed" | "management" | "cloud">,
): Promise<SealedEvidence> {
  const { id, text } = embeddedScope(scopeName);
  const includeProposed = story.proposed === true;
  const selection = { only: [], skip: [], tier: "observe", includeProposed } as const;
  const further = await furtherViews(story, connection.reader.endpoint.port);
  const plan = planFor(
    parseScope({ id, text, file: id }),
    selection,
    story.at,
    (["management", "cloud"] as const).filter((view) => further[view] !== undefined),
  );
  const gathering = await gather({
    probes,
    wanted: plan.probes.map((probe) => probe.id),
    views: { cluster: { ...connection, reader: atHome(connection.reader) }, ...further },
    redactor: createRedactor(Buffer.from("a salt for stories")),
    tier: "observe",
    tool: { name: "scs-conformance", version: "0.0.0" },
    gatheredBy: "unsigned",
    now: () => new Date(story.at),
    onEvent: () => undefined,
  });
  return sealEvidence(settled(gathering), {
    subject: story.subject,
    scope: { id, text, sha256: sha256(text) },
    selection: { only: [], skip: [], tier: "observe" },
    includeProposed,
    kubernetesReleases: releasesOf(story.minor),
    ...(story.conformanceResults ? { conformanceResults: story.conformanceResults } : {}),
  });
}

/** A server for each further view that the story has. */
async function furtherViews(
  { management, cloud }: Pick<Story, "management" | "cloud">,
  apiPort: number,
): Promise<Omit<OpenViews, "cluster">> {
  const managing = management && (await connectedLoopback(kubernetesRoutes(management.objects))).connection;
  const listeners = cloud?.listeners?.map((listener) => ({ ...listener, protocol_port: apiPort }));
  return {
    ...(managing ? { management: { ...managing, managed: management?.managed } } : {}),
    ...(cloud ? { cloud: await connectedCloud({ contents: { ...cloud, ...(listeners ? { listeners } : {}) } }) } : {}),
  };
}

/** What the server shows, who signed it, and whom the cluster publishes as its CA. */
async function certificatesOf({ at, front, certificates: dates = {} }: Story) {
  const notBefore = new Date(dates.caSince ?? at.replace(/^\d{4}/, (year) => String(Number(year) - 1)));
  const until = dates.caUntil === undefined ? notBefore.getTime() + tenYears * day : Date.parse(dates.caUntil);
  const lifetime = { notBefore, days: (until - notBefore.getTime()) / day };
  const authority = await createCertificateAuthority("kubernetes", lifetime);
  const certificate = await authority.issue({
    commonName: "kube-apiserver",
    names: ["localhost", "127.0.0.1", "::1", "kubernetes"],
    notBefore: dates.issuedAt === undefined ? new Date(Date.parse(at) - 3_600_000) : new Date(dates.issuedAt),
    notAfter: new Date(dates.until ?? until),
  });
  const published = front ? await createCertificateAuthority("kubernetes", lifetime) : authority;
  return { authority, published, certificate };
}

/** Which address families the machine has that records is no matter of the story: it has IPv4. */
function atHome(reader: ClusterReader): ClusterReader {
  return { ...reader, whereabouts: async () => ({ ...(await reader.whereabouts()), ownAddresses: ["192.0.2.99"] }) };
}

/** Durations and the order of parallel requests differ from run to run; the log is kept without them. */
function settled(gathering: Gathering): Gathering {
  const requests = gathering.requests
    .map((request) => ({ ...request, milliseconds: 1 }))
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  return { ...gathering, requests };
}

const orderOf = ({ view, path, attempt }: Gathering["requests"][number]) => `${view ?? ""} ${path} ${attempt}`;

/** The routes, with the story's date and, where it has them, the headers of priority and fairness. */
export function answersOf(story: Pick<Story, "at" | "fairness" | "allowed">, routes: LoopbackHandler): LoopbackHandler {
  const headers = {
    date: new Date(story.at).toUTCString(),
    ...(story.fairness
      ? {
          "x-kubernetes-pf-flowschema-uid": "1d7c5b44-7d5a-4d77-8a4f-2a54f2a8d6c1",
          "x-kubernetes-pf-prioritylevel-uid": "5be9b1d7-6b1f-4d0e-8f34-38a3c1bb7e02",
        }
      : {}),
  };
  return async (request) => {
    const refused = story.allowed !== undefined && !story.allowed.includes(request.url.pathname);
    const answer = refused ? forbidden() : await routes(request);
    return answer && { ...answer, headers: { ...headers, ...answer.headers } };
  };
}

/** The embedded release data, cut down to one branch: evidence stays small. All branches and CVEs stay. */
function releasesOf(minor: string): Inputs["kubernetesReleases"] {
  const { date, value } = loadKubernetesReleases();
  const releases = value.releases.filter(({ version }) => {
    const parsed = parseKubernetesVersion(version);
    return parsed !== undefined && branchOf(parsed) === minor;
  });
  const cut = { ...value, releases } as unknown as Json;
  return { at: `${date}T00:00:00Z`, date, sha256: digestOf(cut), value: cut };
}
