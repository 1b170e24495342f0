/** `node tools/run.js report-pictures`: docs/report.png and docs/report-dark.png, the report of a story as a browser shows it. */
import { promises as fs } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { evaluateEvidence } from "../src/app/evaluate-evidence.ts";

const story = "cluster-api-one-host";
const size = { width: 1100, height: 1400 };

const root = process.cwd();
const folder = await fs.mkdtemp(path.join(os.tmpdir(), "report-pictures-"));
const run = await evaluateEvidence({
  file: path.join(root, "fixtures/clusters", story, "evidence.json"),
  inputs: {},
  signing: { passphrase: async () => undefined },
  folder: path.join(folder, "run"),
  formats: [],
});
const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
for (const [colorScheme, name] of [
  ["light", "report.png"],
  ["dark", "report-dark.png"],
] as const) {
  const page = await browser.newPage({ viewport: size, colorScheme });
  await page.goto(pathToFileURL(path.join(run.folder, "report.html")).href);
  await page.screenshot({ path: path.join(root, "docs", name) });
  await page.close();
}
await browser.close();
await fs.rm(folder, { recursive: true });
