/**
 * The HTML report in a real browser: accessible in both schemes, silent on the network, whole without script, on a phone and on
 * paper. SCREENSHOTS=dir keeps what was seen.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reporters } from "../../reporters/index.ts";
import { matrixHtml } from "../../reporters/matrix/html.ts";
import type { Report } from "../../src/model/report.ts";
import { hostileMatrix, providersMatrix } from "../support/matrix-examples.ts";
import { conformantReport } from "../support/reports/conformant.ts";
import { evidenceOf } from "../support/reports/evidence.ts";
import { failingReport } from "../support/reports/failing.ts";
import { hostileReport } from "../support/reports/hostile.ts";
import { noRightsReport } from "../support/reports/no-rights.ts";
import { digestOfReport } from "../support/reports.ts";

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const screenshots = process.env.SCREENSHOTS;
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const reports: readonly (readonly [string, Report])[] = [
  ["conformant", conformantReport({ recorded: true })],
  ["failing", failingReport()],
  ["no-rights", noRightsReport()],
  ["hostile", hostileReport()],
];

/** Every page that we write, by name. */
const pages: readonly (readonly [string, string])[] = [
  ...reports.map(([name, report]) => {
    const context = { reportSha256: digestOfReport(report), evidence: evidenceOf(report) };
    return [name, reporters.html.render(report, context)] as const;
  }),
  ["matrix", matrixHtml(providersMatrix(), { matrixSha256: "0".repeat(64) })],
  ["hostile-matrix", matrixHtml(hostileMatrix(3, 2), { matrixSha256: "0".repeat(64) })],
];

let browser: Browser;
let folder: string;

beforeAll(async () => {
  if (!existsSync(executablePath)) throw new Error(`no Chromium at ${executablePath}; set CHROMIUM_PATH`);
  folder = mkdtempSync(join(tmpdir(), "scs-html-"));
  if (screenshots !== undefined) mkdirSync(screenshots, { recursive: true });
  const args = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking";
  browser = await chromium.launch({
    executablePath,
    args: [...args.split(" "), "--disable-component-update", "--disable-sync"],
  });
  for (const [name, page] of pages) writeFileSync(join(folder, `${name}.html`), page);
});

afterAll(async () => {
  await browser?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

interface Opened {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

type Options = NonNullable<Parameters<Browser["newPage"]>[0]>;

/** Opens a report and writes down every request beyond the file itself and every word on the console. */
async function opened(name: string, options: Options = {}): Promise<Opened> {
  const url = pathToFileURL(join(folder, `${name}.html`)).href;
  const page = await browser.newPage(options);
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => request.url() !== url && requests.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => complaints.push(dialog.message()));
  await page.goto(url);
  return { page, requests, complaints };
}

async function keep(page: Page, name: string): Promise<void> {
  if (screenshots !== undefined) await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}

const phone: Options = { viewport: { width: 320, height: 640 } };

describe.each(pages.map(([name]) => name))("the page %s", (name) => {
  test.each(["light", "dark"] as const)("has no accessibility violation in the %s scheme", async (colorScheme) => {
    const { page } = await opened(name, { colorScheme, bypassCSP: true });
    await page.addScriptTag({ content: axeSource });
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
      const found = await axe.run({ resultTypes: ["violations"] });
      return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
    });
    await keep(page, `${name}-${colorScheme}`);
    await page.close();
    expect(violations).toEqual([]);
  });

  test("asks for nothing and complains of nothing", async () => {
    const { page, requests, complaints } = await opened(name);
    await page.waitForLoadState("networkidle");
    await page.close();
    expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
  });

  test("fits a screen of 320 pixels", async () => {
    const { page } = await opened(name, phone);
    const width = await page.evaluate("document.documentElement.scrollWidth");
    await keep(page, `${name}-narrow`);
    await page.close();
    expect(width).toBeLessThanOrEqual(320);
  });
});

describe.each(reports.map(([name]) => name))("the %s report", (name) => {
  test("is whole without script, and filters", async () => {
    const { page } = await opened(name, { javaScriptEnabled: false });
    const cards = page.locator(".result");
    const visible = async () =>
      (await cards.all()).reduce(async (sum, card) => (await sum) + Number(await card.isVisible()), Promise.resolve(0));
    const all = await cards.count();
    expect(await visible()).toBe(all);
    const shown: number[] = [];
    for (const side of ["against", "open", "for"]) {
      await page.locator(`label[for=show-${side}]`).click();
      const count = await visible();
      expect(count).toBe(await page.locator(`.result.is-${side}`).count());
      shown.push(count);
    }
    await page.close();
    expect(shown.reduce((sum, count) => sum + count)).toBe(all);
  });

  test("prints everything, unfolded, whatever is filtered", async () => {
    const { page } = await opened(name);
    await page.locator("label[for=show-open]").click();
    await page.emulateMedia({ media: "print" });
    const quotes = await page.locator("blockquote").all();
    const shown = await Promise.all(quotes.map((quote) => quote.isVisible()));
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    if (screenshots !== undefined) writeFileSync(join(screenshots, `${name}.pdf`), pdf);
    await page.close();
    expect(shown.length).toBeGreaterThan(0);
    expect(shown).not.toContain(false);
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  });
});

test("the matrix prints every cell and every sentence of the norm", async () => {
  const { page } = await opened("matrix");
  await page.emulateMedia({ media: "print" });
  const parts = await page.locator("#cells .result, #offers blockquote, .matrix td").all();
  expect(await Promise.all(parts.map((part) => part.isVisible()))).toEqual(parts.map(() => true));
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  if (screenshots !== undefined) writeFileSync(join(screenshots, "matrix.pdf"), pdf);
  await page.close();
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
});

test.each(["failing", "matrix"])(
  "%s has one first heading, a language, and captions and scopes on every table",
  async (name) => {
    const { page } = await opened(name);
    const count = (selector: string) => page.locator(selector).count();
    expect(await count("h1")).toBe(1);
    expect(await count("html[lang=en]")).toBe(1);
    expect(await count("table")).toBe(await count("table > caption"));
    expect(await count("th:not([scope])")).toBe(0);
    expect(await count("script, iframe, img, object, form, [onclick], [onerror]")).toBe(0);
    await page.close();
  },
);
