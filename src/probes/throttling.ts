import { setTimeout as pause } from "node:timers/promises";
import type { AccountClient, ClusterActor } from "../model/acting.ts";
import type { Said } from "../model/asking.ts";
import type { ClusterReader } from "../model/cluster.ts";
import { type Reading, read, unread } from "../model/fact.ts";
import type { ThrottlingFact } from "../model/facts/flow-control.ts";
import type { JsonObject } from "../model/json.ts";
import { defineProbe, type Right } from "../model/probe.ts";
import { ownRights } from "./acting/own-rights.ts";
import { countAt, textAt } from "./untrusted.ts";

const flowControl = "/apis/flowcontrol.apiserver.k8s.io/v1";
/** Behind one another as long as nothing is rejected: of requests that last a millisecond not all meet. */
const mostRounds = 20;
const atOnce = 8;
/** API servers take new levels up within a second. */
const mostLooks = 50;
const betweenLooks = 100;

const made = (resource: string): Right => ({
  kind: "resource",
  verb: "create",
  group: "flowcontrol.apiserver.k8s.io",
  resource,
});

/**
 * A level without a seat rejects whatever comes beside another request of it. Only the ServiceAccount made for it is subject
 * to it, only in the run's namespace; it lends nothing and borrows nothing.
 */
export const throttlingProbe = defineProbe({
  id: "kube/throttling",
  title: "a priority level of the run's own that rejects, for a ServiceAccount of its own",
  tier: "system",
  rights: [
    made("prioritylevelconfigurations"),
    made("flowschemas"),
    ...ownRights(["create"], "serviceaccounts"),
    ...ownRights(["create"], "serviceaccounts/token"),
  ],
  makes: {
    objects: { ServiceAccount: 1, PriorityLevelConfiguration: 1, FlowSchema: 1 },
    pods: 0,
    seconds: 20,
  },
  requests: 60,
  resolve: { "not-served": "an API server that serves flowcontrol.apiserver.k8s.io/v1 (Kubernetes 1.29 or newer)" },
  async collect({ act, cluster }) {
    const namespace = await act.namespace();
    if (!namespace.ok) return namespace;
    const name = act.name("reject");
    const account = { namespace: namespace.value, name: act.name("throttled") };
    const subject = await made201(
      act.create(`/api/v1/namespaces/${namespace.value}/serviceaccounts`, serviceAccount(account.name)),
    );
    if (!subject.ok) return subject;
    return whileThere(act, `${flowControl}/prioritylevelconfigurations`, levelOf(name), (level) =>
      whileThere(act, `${flowControl}/flowschemas`, schemaOf(name, account), async () => {
        const client = await act.account(account);
        return client.ok ? prove(act, cluster, client.value, account.namespace, level) : client;
      }),
    );
  },
});

/** Removed as soon as the work is done; what keeps it from that, the end of the run removes. */
async function whileThere<T>(
  act: ClusterActor,
  collection: string,
  object: JsonObject & { readonly metadata: { readonly name: string } },
  work: (uid: string) => Promise<Reading<T>>,
): Promise<Reading<T>> {
  const made = await made201(act.createClusterScoped(collection, object));
  if (!made.ok) return made;
  try {
    return await work(made.value);
  } finally {
    await act.remove(`${collection}/${object.metadata.name}`);
  }
}

async function prove(
  act: ClusterActor,
  cluster: ClusterReader,
  client: AccountClient,
  namespace: string,
  level: string,
): Promise<Reading<ThrottlingFact>> {
  const path = `/api/v1/namespaces/${namespace}/configmaps/${act.name("none")}`;
  // whether it may see this does not matter: requests are sorted before they are authorized
  const ask = () => client.get(path, { answers: [403, 404, 429] });
  const ofLevel = ({ headers }: { readonly headers: { readonly [name: string]: string } }) =>
    headers["x-kubernetes-pf-prioritylevel-uid"] === level;
  let matched = false;
  for (let look = 0; look < mostLooks && !matched; look += 1) {
    if (look > 0) await pause(betweenLooks);
    const answer = await ask();
    if (!answer.ok) return answer;
    matched = ofLevel(answer.value);
  }
  const seen = { asked: 0, rejected: 0, othersAsked: 0, othersAnswered: 0 };
  let retryAfterSeconds: number | undefined;
  for (let round = 0; matched && round < mostRounds && seen.rejected === 0; round += 1) {
    const other = cluster.get("/version");
    const answers = await Promise.all(Array.from({ length: atOnce }, ask));
    for (const answer of answers) {
      if (!answer.ok) return answer;
      seen.asked += 1;
      if (answer.value.status !== 429 || !ofLevel(answer.value)) continue;
      seen.rejected += 1;
      const wait = answer.value.headers["retry-after"] ?? "";
      if (/^\d{1,4}$/.test(wait)) retryAfterSeconds = Number(wait);
    }
    seen.othersAsked += 1;
    if ((await other).ok) seen.othersAnswered += 1;
  }
  return read({ matched, ...seen, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) });
}

/** The uid of what was made; a refusal by admission is not what was asked for here. */
async function made201(said: Promise<Reading<Said>>): Promise<Reading<string>> {
  const answer = await said;
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  if (status >= 200 && status < 300) return read(textAt(body, "metadata", "uid") ?? "");
  const code = countAt(body, "code") ?? status;
  return unread(status === 403 ? "forbidden" : "server-error", `the API server refused the object with ${code}`);
}

const serviceAccount = (name: string) => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name },
  automountServiceAccountToken: false,
});

const levelOf = (name: string) => ({
  apiVersion: "flowcontrol.apiserver.k8s.io/v1",
  kind: "PriorityLevelConfiguration",
  metadata: { name },
  spec: {
    type: "Limited",
    limited: {
      nominalConcurrencyShares: 0,
      lendablePercent: 0,
      borrowingLimitPercent: 0,
      limitResponse: { type: "Reject" },
    },
  },
});

const schemaOf = (name: string, account: { readonly namespace: string; readonly name: string }) => ({
  apiVersion: "flowcontrol.apiserver.k8s.io/v1",
  kind: "FlowSchema",
  metadata: { name },
  spec: {
    priorityLevelConfiguration: { name },
    // before the schemas that are there by default, after those that are exempt
    matchingPrecedence: 500,
    distinguisherMethod: { type: "ByUser" },
    rules: [
      {
        subjects: [{ kind: "ServiceAccount", serviceAccount: account }],
        resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"], namespaces: [account.namespace] }],
      },
    ],
  },
});
