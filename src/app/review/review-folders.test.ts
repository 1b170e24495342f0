import { rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  acceptedFiles,
  checkout,
  type Proposed,
  type ProposedOptions,
  proposedReport,
  subject,
} from "../../../tests/support/proposed-report.ts";
import { ephemeralSigner } from "../../signing/key-signer.ts";
import type { Review, ReviewLayer } from "./review.ts";
import { reviewFolders } from "./review-folders.ts";

const signer = ephemeralSigner();
const now = () => new Date("2026-11-24T08:00:00Z");
type Files = { [path: string]: Buffer };

/** All that a test may change before it is looked at. */
interface Given extends Proposed {
  readonly accepted: Files;
  readonly proposed: Files;
}

const made = new Map<string, Promise<Proposed>>();

function report(options: ProposedOptions = {}): Promise<Proposed> {
  const key = JSON.stringify(options);
  const known = made.get(key) ?? proposedReport(signer, options);
  made.set(key, known);
  return known;
}

async function given(options: ProposedOptions = {}): Promise<Given> {
  const { folder, files } = await report(options);
  const accepted = acceptedFiles(signer);
  return { folder, files, accepted, proposed: { ...accepted, ...files } };
}

async function reviewed({ accepted, proposed }: Given) {
  return reviewFolders({ proposed: checkout(proposed), base: checkout(accepted), now });
}

const open = (layers: readonly ReviewLayer[]) =>
  layers.flatMap(({ name, state }) => (state === "ok" || state === "none" ? [] : [`${name} ${state}`]));
const faults = ({ reports, remarks }: Review) => [remarks, ...reports.map(({ layers }) => layers)].flatMap(open);

/** One bit of one file. */
const flip =
  (name: string, at: number) =>
  ({ folder, proposed }: Given) => {
    const file = `${folder}/${name}`;
    const bytes = Buffer.from(proposed[file] ?? "");
    const index = Math.floor(bytes.length * at);
    bytes[index] = (bytes[index] ?? 0) ^ 1;
    proposed[file] = bytes;
  };

const edit =
  (name: string, from: string | RegExp, into: string) =>
  ({ folder, proposed }: Given) => {
    const file = `${folder}/${name}`;
    const before = (proposed[file] ?? Buffer.from("")).toString("utf8");
    expect(before.replace(from, into)).not.toBe(before);
    proposed[file] = Buffer.from(before.replace(from, into));
  };

const drop =
  (name: string) =>
  ({ folder, proposed }: Given) =>
    void delete proposed[`${folder}/${name}`];

/** Puts a file there. */
const put = (files: Files, file: string, content: string | readonly number[]): void => {
  files[file] = Buffer.from(content as string);
};

describe("a sound report", () => {
  it("holds, layer by layer, with what changed and what is left to people", async () => {
    const { review, exitCode } = await reviewed(await given());
    expect({ exitCode, faults: faults(review) }).toEqual({ exitCode: 0, faults: [] });
    const [only] = review.reports;
    expect(only?.layers.map(({ name }) => name)).toEqual([
      "bytes",
      "digests",
      "signature",
      "signer",
      "time",
      "recomputation",
      "monitor form",
      "place",
      "result",
    ]);
    expect(only?.report?.subject).toBe(subject);
    expect(only?.changes).toEqual({ since: undefined, lines: [] });
    expect(only?.due).toContainEqual(expect.stringContaining("the provider has to declare it"));
  });

  it("is set against the last accepted one on the same subject, requirement by requirement", async () => {
    const one = await given();
    const older = await report({ skip: ["scs-0214-v2"] });
    Object.assign(one.accepted, older.files);
    Object.assign(one.proposed, older.files);
    const other = await report({ subject: "my cloud-1.36" });
    Object.assign(one.accepted, other.files);
    Object.assign(one.proposed, other.files);
    const { review } = await reviewed(one);
    expect(review.reports).toHaveLength(1);
    expect(review.reports[0]?.changes.since).toBe("2026-11-23T10:00:00Z");
    const { lines } = review.reports[0]?.changes ?? { lines: [] };
    expect(lines).toContain("scs-0214-v2/control-plane-hosts: not judged, now fail, binding; by: input");
    expect(lines).toContain("input: selection");
    expect(lines.join("\n")).not.toMatch(/scs-0210/);
  });

  it("is no matter when there is none", async () => {
    const one = await given();
    const { review, exitCode } = await reviewed({ ...one, proposed: { ...one.accepted } });
    expect({ exitCode, review }).toMatchObject({ exitCode: 0, review: { reports: [], remarks: [] } });
  });
});

describe("changed by hand", () => {
  it.each<[name: string, change: (given: Given) => unknown, layers: readonly string[]]>([
    ["the verdict", edit("report.json", /"verdict": "\w+"/, '"verdict": "PASS "'), ["bytes bad"]],
    [
      "an outcome",
      edit("report.json", /"outcome": "undetermined"/, '"outcome": "pass"'),
      ["signature bad", "recomputation bad", "monitor form bad", "place bad"],
    ],
    [
      "white space",
      edit("report.json", "{\n", "{ \n"),
      ["bytes bad", "signature bad", "recomputation bad", "monitor form bad", "place bad"],
    ],
    ["evidence", edit("evidence.json", '"milliseconds":0', '"milliseconds":1'), ["digests bad"]],
    ["the signature", edit("report.json.sig", /\n.{8}/, "\nAAAAAAAA"), ["signature bad"]],
    ["the monitor's form", edit("report.scs.yaml", "my-cloud-1.36", "my-cloud-9.36"), ["monitor form bad"]],
    ["the form's signature", flip("report.scs.yaml.sig", 0.5), ["monitor form bad"]],
    ["no signature", drop("report.json.sig"), ["signature bad"]],
    ["no evidence", drop("evidence.json"), ["digests unchecked", "recomputation unchecked"]],
    ["no report", drop("report.json"), ["bytes bad"]],
    [
      "bytes that are no UTF-8",
      ({ folder, proposed }) => put(proposed, `${folder}/report.json`, [0xff]),
      ["bytes bad"],
    ],
  ])("%s is named by its layer", async (_, change, layers) => {
    const one = await given();
    change(one);
    const { review, exitCode } = await reviewed(one);
    expect(exitCode).toBe(layers.some((layer) => layer.endsWith("bad")) ? 4 : 2);
    for (const layer of layers) expect(faults(review)).toContain(layer);
  });

  it("anywhere by one bit, in any of the files", async () => {
    const missed: string[] = [];
    for (const name of ["report.json", "report.json.sig", "evidence.json", "report.scs.yaml"]) {
      for (const at of [0.01, 0.2, 0.4, 0.6, 0.8, 0.99]) {
        const one = await given();
        flip(name, at)(one);
        const { exitCode } = await reviewed(one);
        if (exitCode !== 4) missed.push(`${name} at ${at}: ${exitCode}`);
      }
    }
    expect(missed).toEqual([]);
  });
});

describe("not to be accepted", () => {
  const stranger = ephemeralSigner();

  it("is signed by somebody whom only the submission itself allows", async () => {
    const { folder, files } = await proposedReport(stranger);
    const accepted = acceptedFiles(signer);
    const proposed = { ...accepted, ...files, ...acceptedFiles(stranger) };
    const { review, exitCode } = await reviewed({ folder, files, accepted, proposed });
    expect(exitCode).toBe(4);
    expect(faults(review)).toEqual(["files unchecked", "signer untrusted"]);
    expect(review.remarks[0]?.detail).toMatch(/^allowed_signers: says who may sign/);
  });

  it("is signed by a key that may not speak for this subject, or that is revoked", async () => {
    const one = await given();
    const others = { ...one, accepted: acceptedFiles(signer, "other-cloud") };
    others.proposed.allowed_signers = others.accepted.allowed_signers ?? Buffer.from("");
    expect(faults((await reviewed(others)).review)).toEqual(["signer untrusted"]);
    const two = await given();
    for (const files of [two.accepted, two.proposed]) files.revoked_signers = Buffer.from(`${signer.publicKey}\n`);
    expect(faults((await reviewed(two)).review)).toEqual(["signer untrusted"]);
  });

  it.each<[name: string, options: ProposedOptions, why: RegExp]>([
    ["hypothetical", { asOf: "2026-12-24T00:00:00Z" }, /it is hypothetical/],
    ["of a scope of our own", { scope: "scs-kaas-drafts" }, /is one of this suite's own/],
  ])("is %s", async (_, options, why) => {
    const { review, exitCode } = await reviewed(await given(options));
    expect(exitCode).toBe(4);
    expect(review.reports[0]?.layers.at(-1)).toMatchObject({
      name: "result",
      state: "bad",
      detail: expect.stringMatching(why),
    });
  });

  it("stands in another place than its subject, day and digest say", async () => {
    const one = await given();
    const other = "reports/other/2026-11-23-01234567";
    const moved = Object.entries(one.files).map(([file, bytes]) => [file.replace(one.folder, other), bytes] as const);
    const { review, exitCode } = await reviewed({
      ...one,
      proposed: { ...one.accepted, ...Object.fromEntries(moved) },
    });
    expect({ exitCode, faults: faults(review) }).toEqual({ exitCode: 4, faults: ["place bad"] });
  });

  it.each<[name: string, change: (given: Given) => unknown, why: RegExp]>([
    [
      "a further file",
      ({ folder, proposed }) => put(proposed, `${folder}/run.sh`, "x"),
      /run\.sh: is no file that a report/,
    ],
    ["a file beside reports", ({ proposed }) => put(proposed, "reports/x.txt", "x"), /stands where no report does/],
    [
      "a change of an accepted report",
      ({ accepted, proposed }) => {
        accepted["reports/a/2026-01-01-00000000/report.json"] = Buffer.from("a");
        proposed["reports/a/2026-01-01-00000000/report.json"] = Buffer.from("b");
      },
      /changes what stands among the accepted reports/,
    ],
    [
      "an accepted report that is gone",
      ({ accepted }) => put(accepted, "reports/a/2026-01-01-00000000/report.json", "a"),
      /removes what stands among the accepted reports/,
    ],
  ])("comes with %s", async (_, change, why) => {
    const one = await given();
    change(one);
    const { review, exitCode } = await reviewed(one);
    expect(exitCode).toBe(4);
    expect(review.remarks).toMatchObject([{ state: "bad", detail: expect.stringMatching(why) }]);
  });

  it("comes with a workflow: a person has to look", async () => {
    const one = await given();
    one.proposed[".github/workflows/x.yml"] = Buffer.from("on: push\n");
    const { review, exitCode } = await reviewed(one);
    expect({ exitCode, faults: faults(review) }).toEqual({ exitCode: 2, faults: ["files unchecked"] });
  });

  it("links to somewhere else, which nobody follows", async () => {
    const one = await given();
    const root = checkout(one.proposed);
    const file = path.join(root, one.folder, "evidence.json");
    rmSync(file);
    symlinkSync("/etc/hostname", file);
    const { review, exitCode } = await reviewFolders({ proposed: root, base: checkout(one.accepted), now });
    expect(exitCode).toBe(4);
    expect(faults(review)).toContain("files bad");
    expect(JSON.stringify(review)).not.toContain("hostname");
  });
});
