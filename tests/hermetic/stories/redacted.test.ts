/** Every recorded cluster without the names of its machines: everything comes out the same, and no name is left anywhere. */
import { describe, expect, it } from "vitest";
import { reporters } from "../../../reporters/index.ts";
import { judgeEvidence } from "../../../src/app/judge-evidence.ts";
import { reducedFor } from "../../../src/app/reduce-evidence.ts";
import { reporterContext } from "../../../src/app/run-files.ts";
import { createCommitter } from "../../../src/evidence/committer.ts";
import { namedPlaces } from "../../../src/evidence/named-places.ts";
import { openEvidence } from "../../../src/evidence/open.ts";
import { redactNames } from "../../../src/evidence/redact-names.ts";
import { sealEvidence } from "../../../src/evidence/seal.ts";
import { misfit } from "../../../src/model/commitment.ts";
import type { Evidence } from "../../../src/model/evidence.ts";
import { factSchemas } from "../../../src/model/facts/index.ts";
import type { Json } from "../../../src/model/json.ts";
import { reportText } from "../../../src/model/report-text.ts";
import { stringPlaces } from "../../support/schema-places.ts";
import { recordedNames, storedEvidence } from "../../support/stories/folder.ts";

/** Salts that no two names share; that nobody foresees them matters only where names are to be hidden. */
function counting(): (bytes: number) => Uint8Array {
  let count = 0;
  return (bytes) => {
    count += 1;
    return Buffer.from(count.toString(16).padStart(2 * bytes, "0"), "hex");
  };
}

function redacted({ facts: { gathering }, inputs }: Evidence) {
  const { openings, ...kept } = redactNames(gathering, inputs, createCommitter(counting()));
  const sealed = sealEvidence(kept.gathering, kept.inputs);
  return { openings, sealed, opened: openEvidence("evidence.json", Buffer.concat(sealed.parts)) };
}

/** All names of machines, by walking the places on our own. */
function namesIn({ facts: { gathering } }: Evidence): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (value: Json | undefined, [step, ...rest]: readonly string[]): void => {
    if (step === undefined) {
      if (typeof value === "string" && value !== "") found.add(value);
    } else if (Array.isArray(value)) {
      for (const item of value) walk(item, rest);
    } else if (typeof value === "object" && value !== null) {
      walk((value as { readonly [key: string]: Json })[step], rest);
    }
  };
  for (const [id, places] of Object.entries(namedPlaces)) {
    const fact = gathering.items[id];
    if (fact?.status === "collected") for (const { place } of places) walk(fact.value as Json, place);
  }
  return found;
}

/** As a word of its own: `edge` does not stand in `edge-1.37`. */
const standsIn = (name: string, text: string): boolean =>
  new RegExp(`(?<![A-Za-z0-9.])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![A-Za-z0-9-]|\\.[A-Za-z0-9])`).test(
    text,
  );

describe.each(recordedNames)("%s without names", (story) => {
  const whole = storedEvidence(story);
  const { opened, openings } = redacted(whole.evidence);
  const [before, after] = [judgeEvidence(whole), judgeEvidence(opened)];

  it("is sound evidence, and gives the same outcomes and verdicts", () => {
    expect(opened.broken).toEqual([]);
    const told = ({ verdict, testcaseVerdict, attestations, testcases, results }: typeof before) => ({
      verdict,
      testcaseVerdict,
      attestations,
      testcases,
      results: results.map((one) => [one.requirement, one.outcome, one.findings.map(({ code }) => code)]),
    });
    expect(told(after)).toEqual(told(before));
  });

  it("holds none of them, in no fact, no finding and no form of the report", () => {
    const { gathering } = opened.evidence.facts;
    const own = after.subject;
    const html = reporters.html.render(after, reporterContext("", { sealed: opened }));
    const texts = [JSON.stringify(gathering.items), JSON.stringify(gathering.requests), reportText(after), html];
    const text = texts.join("\n").replaceAll(own, "the subject");
    const left = [...namesIn(whole.evidence)].filter((name) => standsIn(name, text));
    // words that mean something else as well
    expect(left.filter((name) => !["edge", "master", "etcd"].includes(name))).toEqual([]);
  });

  it("opens name by name, and nothing else does", () => {
    const commitments = opened.evidence.facts.gathering.redaction?.names ?? {};
    expect(openings.map(({ token }) => token).sort()).toEqual(Object.keys(commitments).sort());
    for (const opening of openings) {
      expect(misfit(opening, commitments)).toBeUndefined();
      expect(misfit({ ...opening, name: `${opening.name}x` }, commitments)).toBeDefined();
      expect(misfit({ ...opening, kind: "other" }, commitments)).toBeDefined();
    }
    expect(new Set(openings.map(({ salt }) => salt)).size).toBe(openings.length);
  });
});

describe("a cluster of three servers and a worker", () => {
  const whole = storedEvidence("cluster-api-openstack-1.37");
  const { opened, openings, sealed } = redacted(whole.evidence);

  it("shows equal names as equal commitments, in facts and in findings", () => {
    const node = openings.find(({ name }) => name === "cp-1");
    const { items } = opened.evidence.facts.gathering;
    expect(node?.token).toMatch(/^node-[0-9a-f]{16}$/);
    const shown = ["kube/nodes", "kube/control-plane-pods", "kube/csi-nodes"].map((id) => JSON.stringify(items[id]));
    for (const text of shown) expect(text).toContain(node?.token);
    expect(shown[1]).toContain(`etcd-${node?.token}`);
  });

  it("keeps of its commitments what a part for review still holds", () => {
    const part = reducedFor(sealed).sealed.evidence.facts.gathering;
    const kept = Object.keys(part.redaction?.names ?? {});
    const text = JSON.stringify(part.items);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.filter((token) => !text.includes(token))).toEqual([]);
    const all = Object.keys(opened.evidence.facts.gathering.redaction?.names ?? {});
    expect(all.filter((token) => text.includes(token) && !kept.includes(token))).toEqual([]);
  });

  it("takes names out of sentences as well", () => {
    const { gathering } = whole.evidence.facts;
    const message = "node cp-1 did not answer, nor did etcd-cp-2 on cp-2";
    const said = {
      status: "unavailable",
      at: gathering.checkedAt,
      milliseconds: 1,
      reason: "timeout",
      message,
      resolve: "cp-1",
    } as const;
    const changed = { ...gathering, items: { ...gathering.items, "kube/readyz": said } };
    const { gathering: bare } = redactNames(changed, whole.evidence.inputs, createCommitter(counting()));
    expect(JSON.stringify(bare.items["kube/readyz"])).toMatch(
      /node node-[0-9a-f]{16} did not answer, nor did etcd-node-[0-9a-f]{16} on node-/,
    );
  });
});

/** Names, and what may hold some, that are of no machine: of classes, standards, software, places, the project's own words. */
const elsewhere: readonly RegExp[] = [
  /^input\/(conformance|network-policy)-results\./,
  /^input\/kubernetes-releases\./,
  /^kube\/(storage-classes|csi-drivers|ingress-classes|priority-levels|readyz|system-pods|backup-jobs|service-ranges)\./,
  /^cloud\/(flavors|volume-types|api-load-balancer)\./,
  /^management\/(apis|api-access|control-plane|cluster|etcd)\./,
  /^kube\/(load-balancers|ingress-addresses)\.groups\.\[\]\.examples/,
  // volumes are called by uid, and by class
  /^kube\/persistent-volumes\.groups\.\[\]\.onOneNode/,
  /^kube\/(ingress-trial\.className|claimed-volume\.volume\.name)$/,
  // the cluster's own uid, and those of settings
  /^(kube\/identity|input\/node-configuration)\.(uid|clusterUid)$/,
  /Uid$/,
  // what a server said, cut to our own words; sentences are searched for names
  /\.said$|\.message$|\.events\.\[\]$/,
  // pseudonyms from the start
  /Ref$|\.ref$/,
  /^cloud\/servers\.servers\.\[\]\.(host|project|flavor\.name)$/,
  /^kube\/nodes\.nodes\.\[\]\.(labels\.\*|providerScheme)$/,
];

describe("the places that hold names", () => {
  const places = Object.entries(factSchemas).flatMap(([id, schema]) =>
    stringPlaces(schema).map((place) => ({ id, place })),
  );
  const known = new Set(
    Object.entries(namedPlaces).flatMap(([id, all]) => all.map(({ place }) => `${id}.${place.join(".")}`)),
  );

  it("are places of the facts' schemas", () => {
    const labels = (text: string) => text.replace(/\.labels\.topology\..*$/, ".labels.*");
    const real = new Set(places.map(({ id, place }) => `${id}.${place.join(".")}`));
    expect([...known].filter((place) => !real.has(labels(place)))).toEqual([]);
  });

  it("are all that look like it: of a new one somebody has to say what it names", () => {
    const telling =
      /^(.*[nN]ames?|.*[nN]odes?|.*[hH]ost(name)?s?|.*[mM]achines?|holder|lease|.*[uU]uid|.*[uU]id|.*Id|.*[rR]ef|address(es)?|examples|silent|events|said|message)$/;
    const asked = places.filter(({ place }) => telling.test(place.filter((step) => step !== "[]").at(-1) ?? ""));
    expect(asked.length).toBeGreaterThan(40);
    const unsaid = asked
      .map(({ id, place }) => `${id}.${place.join(".")}`)
      .filter((place) => !known.has(place) && !elsewhere.some((pattern) => pattern.test(place)));
    expect(unsaid, "name the place in src/evidence/named-places.ts, or say here that it names no machine").toEqual([]);
  });
});
