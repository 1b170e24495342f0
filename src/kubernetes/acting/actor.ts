/** The actor that probes get: everything it does stays within the run's own. */
import type { ClusterActor, CommandResult, OwnObject, WaitOptions } from "../../model/acting.ts";
import type { Said } from "../../model/asking.ts";
import type { ClusterReader } from "../../model/cluster.ts";
import { type Reading, read, unread } from "../../model/fact.ts";
import { Defect } from "../../model/faults.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { accountClient, type ChannelAs } from "./account.ts";
import { eventsAbout } from "./events.ts";
import { imageFor } from "./image.ts";
import { runLabel } from "./marks.ts";
import { createNamespaces } from "./namespaces.ts";
import { deleteObject, getObject, hasTemplate, metadataOf, patchObject, type SentObject, uidOf } from "./objects.ts";
import { type ActingRun, make } from "./run.ts";
import { waitFor, waitUntilGone } from "./wait-for.ts";

/** Runs a command in a container, by whatever stream there is for it. */
export type Exec = (
  pod: OwnObject & { readonly container?: string },
  command: readonly string[],
  wait: WaitOptions,
) => Promise<Reading<CommandResult>>;

export interface ActorSettings {
  readonly run: ActingRun;
  readonly reader: ClusterReader;
  readonly channelAs: ChannelAs;
  readonly exec: Exec;
  /** Reference of `--image`, `nodes`, or undefined. */
  readonly image: string | undefined;
}

const collectionPath = /^\/apis?\/[a-z0-9.-]+(?:\/[a-z0-9]+)?\/namespaces\/([a-z0-9-]+)\/[a-z]+$/;
const objectPath = /^\/apis?\/[a-z0-9.-]+(?:\/[a-z0-9]+)?\/namespaces\/([a-z0-9-]+)\/[a-z]+\/[a-z0-9.-]+$/;
const clusterCollection = /^\/apis?\/[a-z0-9.-]+(?:\/[a-z0-9]+)?\/[a-z]+$/;

export function createActor({ run, reader, channelAs, exec, image }: ActorSettings): ClusterActor {
  const { ledger, reading, writing, signal } = run;
  const namespaces = createNamespaces(run);
  let found: ReturnType<typeof imageFor> | undefined;

  const own = (path: string, form: RegExp): void => {
    const namespace = form.exec(path)?.[1];
    if (namespace === undefined || !namespaces.has(namespace))
      throw new Defect(`not a path in a namespace of the run: ${JSON.stringify(path)}`);
  };
  /** Of an object of the run: one that it made, cluster-scoped or not, or that a controller made of its template. */
  const ownObject = (path: string): void => {
    if (!ledger.entries.has(path)) own(path, objectPath);
  };

  const remove = async (path: string, gone?: WaitOptions): Promise<Reading<undefined>> => {
    ownObject(path);
    const identity = await identify(path);
    if (!identity.ok) return identity;
    if (identity.value === undefined) return read(undefined);
    const { uid, foreground } = identity.value;
    const sent = await deleteObject(writing, path, { uid, foreground });
    if (!sent.ok && sent.status !== 404 && sent.status !== 409) return unread(sent.reason, sent.message);
    if (gone === undefined) return read(undefined);
    const left = await waitUntilGone(reading, path, uid, gone.milliseconds, signal);
    if (left.ok && ledger.entries.has(path)) ledger.note({ path, step: "gone" });
    return left;
  };

  /** What is to be removed, undefined when it is not there; one of somebody else's making is refused. */
  const identify = async (path: string): Promise<Reading<{ uid: string; foreground: boolean } | undefined>> => {
    const known = ledger.entries.get(path);
    const there = await getObject(reading, path);
    if (!there.ok) return there.status === 404 ? read(undefined) : unread(there.reason, there.message);
    const object = there.value.value;
    const uid = uidOf(object);
    if (uid === undefined) return unread("malformed", "an object of the run has no uid");
    if (known?.uid !== undefined ? known.uid === uid : isOfRun(object, ledger.head.run))
      return read({ uid, foreground: hasTemplate(object) });
    return unread("forbidden", "the object there is not of this run");
  };

  return {
    run: ledger.head.run,
    name: (purpose) => `${purpose}-${ledger.head.run}`,
    image: () => {
      found ??= imageFor(image, reader);
      return found;
    },
    namespace: (options) => namespaces.get(options),
    create(path, object) {
      own(path, collectionPath);
      return make(run, path, object);
    },
    async createClusterScoped(path, object) {
      if (!clusterCollection.test(path)) throw new Defect(`not a collection of the cluster: ${JSON.stringify(path)}`);
      const owner = await namespaces.get();
      if (!owner.ok) return owner;
      return make(run, path, withOwner(object, owner.value, namespaces.owner));
    },
    async patch(path, patch) {
      ownObject(path);
      return said(await patchObject(writing, path, patch));
    },
    remove,
    async until(path, seen, wait) {
      return waitFor(reading, path, seen, wait, signal);
    },
    exec(pod, command, wait) {
      own(`/api/v1/namespaces/${pod.namespace}/pods/${pod.name}`, objectPath);
      return exec(pod, command, wait);
    },
    events: (object) => eventsAbout(reader, object),
    account(account) {
      own(`/api/v1/namespaces/${account.namespace}/serviceaccounts/${account.name}`, objectPath);
      return accountClient(reading, account, channelAs);
    },
  };
}

function said(sent: SentObject): Reading<Said> {
  if (!sent.ok) return unread(sent.reason, sent.message);
  return read({ status: sent.value.status, body: sent.value.value });
}

function isOfRun(object: JsonObject, run: string): boolean {
  const { labels } = metadataOf(object);
  return isJsonObject(labels) && labels[runLabel] === run;
}

/** Garbage collection takes what is owned by a namespace that is no more. */
function withOwner(object: JsonObject, name: string, uid: string | undefined): JsonObject {
  if (uid === undefined) return object;
  const ownerReferences = [{ apiVersion: "v1", kind: "Namespace", name, uid }];
  return { ...object, metadata: { ...metadataOf(object), ownerReferences } };
}
