/** Archives and XML that were made to harm: refused with one line, in bounded memory, nothing written anywhere. */
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  imported,
  junit,
  sonobuoyTarball,
  specsOf,
  type TarEntry,
  tarball,
  written,
} from "../../tests/support/e2e-results.ts";
import { UsageError } from "../model/faults.ts";
import { gunzip } from "./gunzip.ts";
import { wholeText } from "./limits.ts";

const good = junit({ passed: specsOf("1.36") });
const suite = "plugins/e2e/results/global";

async function refusal(bytes: string | Uint8Array, name = "result.tar.gz"): Promise<string> {
  const error: unknown = await imported(written(name, bytes)).then(
    () => new Error("it was taken"),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UsageError);
  const { message } = error as UsageError;
  expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(message.length).toBeLessThan(600);
  return message;
}

const leadsOut = /a name that leads out of the archive/;

const archives: readonly (readonly [string, readonly TarEntry[], RegExp])[] = [
  ["a name above the archive", [{ name: "../../../etc/cron.d/x", content: "x" }], leadsOut],
  ["a name above it in the middle", [{ name: `a/../../${suite}/junit_01.xml`, content: good }], leadsOut],
  ["backslashes", [{ name: "..\\..\\x", content: "x" }], leadsOut],
  ["an absolute name", [{ name: "/etc/passwd", content: "x" }], leadsOut],
  ["a drive", [{ name: "C:\\x", content: "x" }], leadsOut],
  ["colours in a bad name", [{ name: "../\u001b[2J\u202e", content: "x" }], leadsOut],
  [
    "a link instead of the file",
    [{ name: `${suite}/junit_01.xml`, type: "symlink", linkname: "/etc/passwd" }],
    /as a symlink/,
  ],
  ["a hard link", [{ name: `${suite}/e2e.log`, type: "link", linkname: "/etc/passwd" }], /as a link/],
  ["a device", [{ name: "serverversion.json", type: "character-device" }], /as a character-device/],
  ["no JSON", [{ name: "serverversion.json", content: "{" }], /serverversion\.json: is no JSON/],
  ["no YAML", [{ name: "sonobuoy_results.yaml", content: "a: [" }], /is no YAML/],
  ["deep YAML", [{ name: "sonobuoy_results.yaml", content: "[".repeat(200_000) }], /is no YAML/],
  [
    "a bomb of aliases",
    [
      {
        name: "plugins/e2e/sonobuoy_results.yaml",
        content: `a: &a [1]\n${"bcdefgh".replace(/./g, (c, i: number) => `${c}: &${c} [${`*${"abcdefgh"[i]},`.repeat(9)}]\n`)}`,
      },
    ],
    /is no YAML/,
  ],
  [
    "more files of a kind than processes",
    Array.from({ length: 101 }, (_, n) => ({ name: `junit_${n}.xml`, content: "<testsuite/>" })),
    /more than 100 files of its kind/,
  ],
];

describe("archives", () => {
  it.each(archives)("%s", async (_, entries, expected) => {
    expect(await refusal(await tarball(entries))).toMatch(expected);
  });

  it("needs no link that nobody asked for, and follows none", async () => {
    const entries: TarEntry[] = [
      { name: "podlogs/current", type: "symlink", linkname: "/etc" },
      { name: `${suite}/junit_01.xml`, content: good },
    ];
    expect(await imported(written("x", await tarball(entries)))).toMatchObject({ executed: 446 });
  });

  it("more entries than anybody's result", async () => {
    const one = (await tarball([{ name: "x" }], false)).subarray(0, 512);
    expect(await refusal(gzipSync(Buffer.alloc(512 * 100_002, one)))).toMatch(/more than 100000 entries/);
  });

  it("is cut off, wherever", async () => {
    const bytes = await sonobuoyTarball(good);
    for (const part of [0.1, 0.5, 0.9, 0.999]) {
      expect(await refusal(bytes.subarray(0, Math.floor(bytes.length * part)))).toMatch(/is cut off/);
    }
    const plain = await tarball([{ name: `${suite}/junit_01.xml`, content: good }], false);
    expect(await refusal(plain.subarray(0, 5000), "x.tar")).toMatch(/is no (intact tar archive|well-formed XML)/);
  });

  it("is damaged, or no archive at all", async () => {
    const bytes = Buffer.from(await sonobuoyTarball(good));
    bytes.fill(0xff, 2000, 2100);
    expect(await refusal(bytes)).toMatch(/is no intact gzip file/);
    expect(await refusal(Buffer.from([0x1f, 0x8b, 1, 2, 3]))).toMatch(/is no intact gzip file|is cut off/);
    expect(await refusal(randomBytes(4096))).toMatch(/is no (intact )?|neither/);
    expect(await refusal(gzipSync(randomBytes(4096)))).toMatch(/is no intact tar archive/);
    expect(await refusal(gzipSync(Buffer.alloc(10_240)))).toMatch(/is an empty archive|no JUnit/);
  });

  it("claims a size that never comes, or a header larger than memory", async () => {
    const tar = Buffer.from(await tarball([{ name: `${suite}/junit_01.xml`, content: good }], false));
    expect(await refusal(resized(tar, "77777777777"), "x.tar")).toMatch(/is no (intact tar archive|well-formed XML)/);
    const pax = Buffer.from(await tarball([{ name: "x", pax: { a: "b" } }], false));
    expect(await refusal(resized(pax, "77777777777"), "x.tar")).toMatch(/is no intact tar archive/);
  });

  it("grows without end: unpacking stops at the cap, long before memory does", async () => {
    const zeros = gzipSync(Buffer.alloc(8 * 1024 * 1024));
    async function* bomb() {
      yield zeros;
    }
    await expect(wholeText(gunzip(bomb(), 1024 * 1024, "bomb"), 2 ** 30, "bomb")).rejects.toThrow(/larger than 1 MiB/);
    await expect(wholeText(gunzip(bomb(), 2 ** 30, "bomb"), 1024 * 1024, "bomb")).rejects.toThrow(/larger than 1 MiB/);
  });

  it("holds a small file that is not small", async () => {
    const content = `{"gitVersion": "v1.36.3", "x": "${"x".repeat(2 * 1024 * 1024)}"}`;
    expect(await refusal(await tarball([{ name: "serverversion.json", content }]))).toMatch(/larger than 1 MiB/);
  });
});

/** Writes another size into the first header, and the checksum that fits. */
function resized(tar: Buffer, size: string): Buffer {
  tar.write(size, 124, "latin1");
  tar.write("        ", 148, "latin1");
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return tar;
}

const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join("");

const texts: readonly (readonly [string, string, RegExp])[] = [
  ["a billion laughs", `<!DOCTYPE l [<!ENTITY l0 "ha">${laughs}]><testsuite name="&l9;"/>`, /document type definition/],
  [
    "an external entity",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><testsuite name="&e;"/>',
    /document type/,
  ],
  ["an external DTD", '<!DOCTYPE testsuites SYSTEM "https://example.invalid/x.dtd"><testsuites/>', /document type/],
  ["an entity that is nobody's", '<testsuite name="&e;"/>', /no well-formed XML/],
  ["nothing but depth", `<testsuite>${"<a>".repeat(100_000)}`, /nested too deeply/],
  ["a huge attribute", `<testsuite name="${"x".repeat(5_000_000)}"/>`, /attribute that is too long/],
  ["a huge name of a test", `<testsuite><testcase name="${"x".repeat(10_000)}"/></testsuite>`, /name is too long/],
  [
    "more tests than there are",
    `<testsuite>${'<testcase name="a"/>'.repeat(100_001)}</testsuite>`,
    /more than 100000 tests/,
  ],
  ["cut off", good.slice(0, -30), /no well-formed XML/],
  ["two roots", `${good}<testsuite/>`, /no well-formed XML/],
  ["the same attribute twice", '<testsuite><testcase name="a" name="b"/></testsuite>', /no well-formed XML/],
  ["control characters", '<testsuite><testcase name="\u0007"/></testsuite>', /no well-formed XML/],
  ["another kind of XML", "<svg/>", /no JUnit file/],
];

describe("XML", () => {
  it.each(texts)("%s", async (_, text, expected) => {
    expect(await refusal(text, "junit_01.xml")).toMatch(expected);
  });

  it("is not UTF-8", async () => {
    expect(await refusal(Buffer.concat([Buffer.from("<testsuite>"), Buffer.from([0xff, 0xfe])]), "x.xml")).toMatch(
      /is not UTF-8/,
    );
  });

  it("reads outcomes only where JUnit has them", async () => {
    const inside = '<system-out>&lt;failure/&gt; <![CDATA[<testcase name="[Conformance] x"/>]]></system-out>';
    const text = good.replace('time="2">', `time="2">${inside}`);
    expect(await imported(written("x.xml", text))).toMatchObject({ executed: 446, conformance: { failed: [] } });
  });
});
