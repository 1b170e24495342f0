import { read } from "../model/fact.ts";
import type { KubeletServingRequestsFact } from "../model/facts/kubelet-serving-requests.ts";
import { instantAt } from "../model/instant.ts";
import { defineProbe } from "../model/probe.ts";
import type { Instant } from "../model/vocabulary.ts";
import { malformed, reduceList } from "./reading.ts";
import { type RequestState, requestState, signingRequestsPath } from "./signing-request.ts";
import { detached, inOrder, instantOf, textAt } from "./untrusted.ts";

const signer = "kubernetes.io/kubelet-serving";

interface Request {
  readonly node: string;
  readonly createdAt: Instant;
  readonly state: RequestState;
}

type NodeRequests = KubeletServingRequestsFact["nodes"][number];

export const kubeletServingRequestsProbe = defineProbe({
  id: "kube/kubelet-serving-requests",
  title: "requests of kubelets for serving certificates",
  tier: "observe",
  rights: [{ kind: "resource", verb: "list", group: "certificates.k8s.io", resource: "certificatesigningrequests" }],
  requests: 1,
  async collect({ cluster }) {
    const options = { limit: 500, fieldSelector: `spec.signerName=${signer}` };
    const reading = await reduceList(cluster, signingRequestsPath, options, requestOf);
    if (!reading.ok) return reading;
    const now = Date.parse(reading.value.serverTime ?? "");
    if (Number.isNaN(now)) return malformed("the Date of the answer");
    const nodes = new Map<string, NodeRequests>();
    for (const request of reading.value.items) {
      if (request !== "other") nodes.set(request.node, withRequest(nodes.get(request.node), request));
    }
    const inSteadyOrder = [...nodes.values()].sort((a, b) => inOrder(a.node, b.node));
    return read({ serverTime: instantAt(now), nodes: inSteadyOrder });
  },
});

/** `other`: of another signer, or by somebody who is no node. */
function requestOf(object: unknown): Request | "other" | undefined {
  const createdAt = instantOf(object, "metadata", "creationTimestamp");
  const asked = textAt(object, "spec", "signerName");
  const user = textAt(object, "spec", "username");
  if (createdAt === undefined || asked === undefined) return undefined;
  if (asked !== signer || user === undefined || !user.startsWith("system:node:")) return "other";
  return { node: detached(user.slice("system:node:".length)), createdAt, state: requestState(object) };
}

function withRequest(before: NodeRequests | undefined, { node, createdAt, state }: Request): NodeRequests {
  const pending = before?.pendingSince;
  const issued = before?.issuedAt;
  const pendingSince = state === "pending" && (pending === undefined || createdAt < pending) ? createdAt : pending;
  const issuedAt = state === "issued" && (issued === undefined || createdAt > issued) ? createdAt : issued;
  return {
    node,
    ...(pendingSince === undefined ? {} : { pendingSince }),
    ...(issuedAt === undefined ? {} : { issuedAt }),
    refused: state === "refused" || before?.refused === true,
  };
}
