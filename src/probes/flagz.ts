import type { Answer } from "../model/cluster.ts";
import { type Reading, read, unread } from "../model/fact.ts";
import type { FlagzFact } from "../model/facts/control-plane.ts";
import { defineProbe, type ProbeContext } from "../model/probe.ts";
import { type GivenFlag, keep } from "./flags.ts";
import { malformed } from "./reading.ts";
import { keysAt, valueAt } from "./untrusted.ts";

/** Structured forms, newest first; without a version the server answers 406 (KEP-4828). */
const accepts = ["v1beta1", "v1alpha1"].map((version) => `application/json;v=${version};g=config.k8s.io;as=Flagz`);

export const flagzProbe = defineProbe({
  id: "kube/flagz",
  title: "flags in force at the API server (/flagz)",
  tier: "observe",
  rights: [{ kind: "path", verb: "get", path: "/flagz" }],
  requests: 1,
  after: ["kube/version"],
  resolve: { "not-served": "Kubernetes 1.36 or newer" },
  async collect(context) {
    // Before 1.32 there is no such path; asking would only tell whether the right to it is granted.
    if (await isOlderThanFlagz(context)) return notServed;
    for (const accept of accepts) {
      const reading = await context.cluster.get("/flagz", { accept, answers: [404, 406], maxBytes: 1 << 20 });
      if (!reading.ok && reading.reason !== "not-found" && reading.reason !== "not-served") return reading;
      if (reading.ok && reading.value.status === 200) return flagsOf(reading.value);
      if (!reading.ok || reading.value.status === 404) return notServed;
    }
    return notServed;
  },
});

const notServed = unread("not-served", "the API server does not serve /flagz in a structured form");

async function isOlderThanFlagz({ fact }: ProbeContext): Promise<boolean> {
  const version = await fact("kube/version");
  const minor = version.status === "collected" ? /^v?1\.(\d+)/.exec(version.value.gitVersion)?.[1] : undefined;
  return minor !== undefined && Number(minor) < 32;
}

function flagsOf(answer: Answer): Reading<FlagzFact> {
  const document = parse(answer.body);
  const names = keysAt(document, "flags");
  if (names.length === 0) return malformed("/flagz");
  const given = names.flatMap((name): GivenFlag[] => {
    const value = valueAt(document, "flags", name);
    return /^[a-z][a-z0-9.-]{0,99}$/.test(name) ? [[name, typeof value === "string" ? plain(value) : undefined]] : [];
  });
  // every flag is listed: one with nothing in it is not set, which tells no secret
  const empty = given.flatMap(([name, value]) => (value === "" ? [[name, value] as const] : []));
  const { values, withheld } = keep(given.filter(([, value]) => value !== ""));
  return read({ flags: { values: { ...values, ...Object.fromEntries(empty) }, withheld } });
}

/** pflag writes lists as `[a,b]`. */
const plain = (value: string): string => value.replace(/^\[(.*)\]$/, "$1");

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
