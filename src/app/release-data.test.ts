import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { withDesk } from "../../tests/support/openssh-desk.ts";
import { releaseData as example } from "../../tests/support/releases.ts";
import { scratchFolder } from "../../tests/support/scratch.ts";
import { UsageError } from "../model/faults.ts";
import { releaseData } from "./release-data.ts";

function written(): { readonly file: string; readonly text: string } {
  const file = path.join(scratchFolder(), "data.json");
  const text = JSON.stringify(example("2026-11-20", { releases: [] }));
  writeFileSync(file, text);
  return { file, text };
}

describe("release data of a caller", () => {
  it("are taken with a signature that fits, and say whose it is", async () => {
    const { file, text } = written();
    expect(await releaseData(file)).toMatchObject({ date: "2026-11-20", signedBy: undefined });
    const desk = withDesk();
    const key = desk.key("ed25519");
    writeFileSync(`${file}.sig`, desk.sign(key, Buffer.from(text), "data@scs-conformance"));
    expect(await releaseData(file)).toMatchObject({ date: "2026-11-20", signedBy: desk.fingerprint(key) });
  });

  it("are refused with one that does not: of other bytes, of another namespace, or none at all", async () => {
    const { file, text } = written();
    const desk = withDesk();
    const key = desk.key("ed25519");
    const wrong = [
      desk.sign(key, Buffer.from(`${text} `), "data@scs-conformance"),
      desk.sign(key, Buffer.from(text), "report@scs-conformance"),
      "no signature",
    ];
    for (const armored of wrong) {
      writeFileSync(`${file}.sig`, armored);
      await expect(releaseData(file)).rejects.toThrow(UsageError);
      await expect(releaseData(file)).rejects.toThrow(/does not fit the data/);
    }
  });
});
