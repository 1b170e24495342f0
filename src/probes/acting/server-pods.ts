/** Pods of the run that serve and from which others are tried: `agnhost netexec` on each of their ports, TCP and UDP alike. */
import { isIP } from "node:net";
import type { ClusterActor, OwnObject } from "../../model/acting.ts";
import { type Reading, read } from "../../model/fact.ts";
import type { Hindrance } from "../../model/facts/hindrance.ts";
import type { JsonObject } from "../../model/json.ts";
import { isAccepted, lacksRight } from "../said.ts";
import { listAt, textAt } from "../untrusted.ts";
import { eventsOf, hindered, podHindrance, refusedBy } from "./hindrance.ts";
import { restrictedPod } from "./pod.ts";
import { podsPath } from "./run-pod.ts";

export interface ServerPod {
  readonly namespace: string;
  readonly purpose: string;
  readonly labels: { readonly [key: string]: string };
  /** The first is named `first`, the second `second`. */
  readonly ports: readonly number[];
  /** On the node of pods with these labels, or on another, where that can be. */
  readonly near?: { readonly namespace: string; readonly labels: JsonObject; readonly apart: boolean };
}

/** A pod as it runs. */
export interface RunningPod extends OwnObject {
  /** One of each family at most. */
  readonly addresses: readonly string[];
  readonly nodeAddresses: readonly string[];
  readonly node: string;
}

export type Servers<Name extends string> =
  | { readonly pods: { readonly [N in Name]: RunningPod } }
  | { readonly hindrance: Hindrance };

/** Longer than any probe uses them; then the cluster ends them itself. */
const deadlineSeconds = 900;
/** An image may have to be had first. */
const startMilliseconds = 120_000;
const portNames = ["first", "second"];

/** Makes them in order, so that later ones find those that they are to stand beside, and waits until all run. */
export async function startServers<Name extends string>(
  act: ClusterActor,
  wanted: { readonly [N in Name]: ServerPod },
): Promise<Reading<Servers<Name>>> {
  const image = await act.image();
  if (!image.ok) return image;
  if (image.value.holds === "busybox")
    return read({ hindrance: hindered("image", "the image has no agnhost, which these pods need") });
  const entries = Object.entries<ServerPod>(wanted);
  for (const [, pod] of entries) {
    const made = await act.create(podsPath(pod.namespace), serverPod(act, image.value, pod));
    if (!made.ok) return made;
    const forbidden = lacksRight(made.value, "create");
    if (forbidden) return forbidden;
    if (!isAccepted(made.value)) return read({ hindrance: refusedBy(made.value) });
  }
  const started = await Promise.all(entries.map(async ([name, pod]) => [name, await whenRunning(act, pod)] as const));
  const pods: { [name: string]: RunningPod } = {};
  for (const [name, reading] of started) {
    if (!reading.ok) return reading;
    if ("by" in reading.value) return read({ hindrance: reading.value });
    pods[name] = reading.value;
  }
  return read({ pods: pods as { readonly [N in Name]: RunningPod } });
}

function serverPod(act: ClusterActor, image: Parameters<typeof restrictedPod>[1], pod: ServerPod): JsonObject {
  const servers = pod.ports.map((port) => `/agnhost netexec --http-port=${port} --udp-port=${port}`);
  return restrictedPod(act, image, {
    purpose: pod.purpose,
    labels: pod.labels,
    command: ["/bin/sh", "-c", [...servers.slice(1).map((server) => `${server} &`), `exec ${servers[0]}`].join(" ")],
    deadlineSeconds,
    // what is tried from them runs in them: a process of agnhost for each attempt
    limits: { cpu: "1", memory: "256Mi" },
    ports: pod.ports.map((port, index) => ({
      ...(portNames[index] === undefined ? {} : { name: portNames[index] }),
      containerPort: port,
      protocol: "TCP" as const,
    })),
    spec: {
      // who asks for a name that nobody answers for waits a second and not ten
      dnsConfig: {
        options: [
          { name: "timeout", value: "1" },
          { name: "attempts", value: "1" },
        ],
      },
      ...(pod.near === undefined ? {} : { affinity: affinityTo(pod.near) }),
    },
  });
}

function affinityTo({ namespace, labels, apart }: NonNullable<ServerPod["near"]>): JsonObject {
  const podAffinityTerm: JsonObject = {
    topologyKey: "kubernetes.io/hostname",
    namespaces: [namespace],
    labelSelector: { matchLabels: labels },
  };
  const wish: JsonObject = { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }] };
  return apart ? { podAntiAffinity: wish } : { podAffinity: wish };
}

async function whenRunning(act: ClusterActor, pod: ServerPod): Promise<Reading<RunningPod | Hindrance>> {
  const name = act.name(pod.purpose);
  const path = podsPath(pod.namespace, name);
  const running = await act.until(path, (object) => runningPod(object, pod.namespace, name), {
    milliseconds: startMilliseconds,
  });
  if (running.ok || running.reason !== "timeout") return running;
  const seen = await act.until(path, (object) => object, { milliseconds: 1 });
  if (!seen.ok) return seen.reason === "timeout" ? read(hindered("timeout")) : seen;
  return read(podHindrance(seen.value, await eventsOf(act, pod.namespace, name)));
}

/** Undefined while it does not run; a pod that ended never will, and is waited for like one that hangs. */
function runningPod(object: JsonObject, namespace: string, name: string): RunningPod | Hindrance | undefined {
  const phase = textAt(object, "status", "phase");
  if (phase === "Failed" || phase === "Succeeded") return podHindrance(object);
  const ready = listAt(object, "status", "conditions").some(
    (one) => textAt(one, "type") === "Ready" && textAt(one, "status") === "True",
  );
  const node = textAt(object, "spec", "nodeName");
  const addresses = oneOfEachFamily(listAt(object, "status", "podIPs").map((entry) => textAt(entry, "ip")));
  if (!ready || node === undefined || addresses.length === 0) return undefined;
  const hosts = listAt(object, "status", "hostIPs").map((entry) => textAt(entry, "ip"));
  const nodeAddresses = oneOfEachFamily(hosts.length > 0 ? hosts : [textAt(object, "status", "hostIP")]);
  return { namespace, name, node, addresses, nodeAddresses };
}

function oneOfEachFamily(texts: readonly (string | undefined)[]): readonly string[] {
  const first = (family: 4 | 6): string[] => {
    const found = texts.find((text) => text !== undefined && isIP(text) === family);
    return found === undefined ? [] : [found];
  };
  return [...first(4), ...first(6)];
}
