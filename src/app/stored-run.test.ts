import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { openEvidence } from "../evidence/open.ts";
import { parseReport } from "./stored-run.ts";

const deep = "[".repeat(200_000) + "]".repeat(200_000);

it("refuses a report that is nested without end, where its form is free", () => {
  const text = readFileSync("fixtures/reports/conformant/report.json", "utf8");
  expect(parseReport("report.json", text).verdict).toBe("PASS");
  const hostile = text.replace(/"observed":\s*\{/, `"observed":{"a":${deep},`);
  expect(hostile).not.toBe(text);
  expect(() => parseReport("report.json", hostile)).toThrow("is nested too deeply for a report");
});

it("says so of evidence as well", () => {
  const text = readFileSync("fixtures/clusters/kubeadm-1.35/evidence.json", "utf8");
  const hostile = Buffer.from(text.replace('"kube/version":{', `"kube/version":{"a":${deep},`), "utf8");
  expect(() => openEvidence("evidence.json", hostile)).toThrow("is nested too deeply");
});
