/** What becomes of recorded clusters: each day was reckoned by hand from the evidence, the norms and scs-0004's lifetimes. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../../tests/support/scratch.ts";
import { evidenceBytes, storedEvidence } from "../../tests/support/stories/folder.ts";
import { type SealedEvidence, sealEvidence } from "../evidence/seal.ts";
import { digestOf } from "../model/digest.ts";
import { UsageError } from "../model/faults.ts";
import type { Outlook, Turn } from "../model/outlook.ts";
import { outlook } from "./outlook.ts";

async function of(story: string, until?: string): Promise<Outlook> {
  const target = path.join(scratchFolder(), "evidence.json");
  writeFileSync(target, evidenceBytes(story));
  return outlook({ target, until });
}

function ofSealed({ parts }: SealedEvidence): Promise<Outlook> {
  const target = path.join(scratchFolder(), "evidence.json");
  writeFileSync(target, Buffer.concat(parts));
  return outlook({ target });
}

const short = ({ on, kind, name, from, to, assuming }: Turn) => `${on} ${kind} ${name}: ${from} > ${to} (${assuming})`;
const told = ({ turns }: Outlook, about: RegExp): readonly string[] =>
  turns.map(short).filter((line) => about.test(line));

describe("a conformant cluster", () => {
  it("loses its verdict with its results, its data and its branch, each on its day", async () => {
    const seen = await of("cluster-api-openstack-1.37");
    expect(seen).toMatchObject({ verdict: "PASS", from: "2026-11-23T10:00:00Z", until: "2028-01-27T10:00:00Z" });
    expect(told(seen, / verdict /)).toEqual([
      "2026-12-07 verdict cloud-1.37: PASS > MISS (as-it-is)",
      "2026-12-07 verdict cloud-1.37: PASS > DNF (looked-again)",
      "2027-01-01 verdict cloud-1.37: PASS > MISS (data-renewed)",
      "2027-10-29 verdict cloud-1.37: MISS > FAIL (data-renewed)",
    ]);
    expect(told(seen, /v2\/patch-recency:/)).toEqual([
      "2026-12-07 requirement scs-0210-v2/patch-recency: pass > not-run (as-it-is)",
      "2026-12-07 requirement scs-0210-v2/patch-recency: pass > undetermined (looked-again)",
      "2027-10-29 requirement scs-0210-v2/patch-recency: pass > fail (data-renewed)",
    ]);
    expect(told(seen, / testcase | branch /)).toEqual([
      "2026-12-07 testcase version-policy-check: PASS > expired (as-it-is)",
      "2027-01-01 testcase kaas-networking-check: PASS > expired (data-renewed)",
      "2027-10-28 branch 1.37: supported > end of life, planned (data-renewed)",
      "2028-01-01 testcase cncf-k8s-conformance: PASS > expired (data-renewed)",
    ]);
  });

  it("is looked at as far as asked, and no further", async () => {
    const { turns } = await of("cluster-api-openstack-1.37", "2026-12-31T00:00:00Z");
    expect([...new Set(turns.map(({ on }) => on))]).toEqual(["2026-12-07"]);
  });

  it("reaches a deadline for a patch that is known today", async () => {
    const { evidence } = storedEvidence("cluster-api-openstack-1.37");
    const old = evidence.inputs.kubernetesReleases;
    const value = old.value as { readonly releases: readonly { readonly version: string }[] };
    const [model] = value.releases.filter(({ version }) => version === "1.37.2");
    const time = "2026-11-20T12:00:00Z";
    const basis = "github-published";
    const release = { ...model, version: "1.37.3", released: time, basis, evidence: [{ basis, time }] };
    const releases = [...value.releases, release];
    const newer = { ...value, releases } as unknown as typeof old.value;
    const kubernetesReleases = { ...old, value: newer, sha256: digestOf(newer) };
    const sealed = sealEvidence(evidence.facts.gathering, { ...evidence.inputs, kubernetesReleases });
    // 31 days after its release, at noon
    const lines = told(await ofSealed(sealed), /v2\/patch-recency: .* > fail/);
    expect(lines).toEqual(["2026-12-21 requirement scs-0210-v2/patch-recency: pass > fail (data-renewed)"]);
  });
});

describe("a waiver", () => {
  it("ends on its day, and what it covered counts again", async () => {
    const { evidence } = storedEvidence("cluster-api-one-host");
    const waiver = {
      id: "OPS-1",
      requirement: "scs-0214-v2/control-plane-hosts",
      subject: evidence.inputs.subject,
      reason: "the new rack arrives in January",
      approver: "John Roe",
      expires: "2027-02-01T00:00:00Z",
    };
    const sealed = sealEvidence(evidence.facts.gathering, { ...evidence.inputs, waivers: [waiver] });
    const [turn, ...others] = (await ofSealed(sealed)).turns.filter(({ kind }) => kind === "waiver");
    expect(others).toEqual([]);
    expect(turn).toMatchObject({
      on: "2027-02-01",
      name: "OPS-1",
      from: "used",
      to: "expired",
      assuming: "data-renewed",
    });
    expect(turn?.requirements).toEqual(["scs-0214-v2/control-plane-hosts"]);
  });
});

describe("certificates", () => {
  it("of a cluster whose CA is near its end are named with their day and what it concerns", async () => {
    const seen = await of("certificate-authority-near-its-end");
    const ends = seen.turns.filter(({ kind }) => kind === "certificate");
    expect(ends.map(({ name, on }) => `${on} ${name}`)).toEqual([
      "2027-01-15 cluster CA",
      "2027-01-15 serving certificate",
    ]);
    expect(ends.flatMap(({ requirements }) => requirements)).toContain("scs-0215-v1/ca-renewal");
  });
});

describe("what is no run", () => {
  it("is refused in one clear line", async () => {
    const folder = scratchFolder();
    writeFileSync(path.join(folder, "evidence.json"), evidenceBytes("no-rights").subarray(0, 100));
    await expect(outlook({ target: path.join(folder, "evidence.json") })).rejects.toThrow(UsageError);
    await expect(outlook({ target: folder })).rejects.toThrow(UsageError);
    await expect(of("no-rights", "2026-01-01T00:00:00Z")).rejects.toThrow(/--until 2026-01-01T00:00:00Z is not within/);
    await expect(of("no-rights", "2099-01-01T00:00:00Z")).rejects.toThrow(/within 1100 days/);
  });

  it("nor is evidence that was changed", async () => {
    const target = path.join(scratchFolder(), "evidence.json");
    const text = evidenceBytes("cluster-api-openstack-1.37").toString("utf8").replace('"v1.37.2"', '"v1.37.9"');
    writeFileSync(target, text);
    await expect(outlook({ target })).rejects.toThrow(/the digest of .* does not hold/);
  });
});
