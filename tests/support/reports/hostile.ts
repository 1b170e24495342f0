/** Reports whose every free string tries to do something to whoever shows it. */
import type { Report } from "../../../src/model/report.ts";
import { failingReport } from "./failing.ts";

/** One attack per place that text ends up in: terminals, pages, logs, tables, documents. */
export const attacks: readonly string[] = [
  "\u001b[2J\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007\u009b31m",
  "<script>alert(1)</script><img src=x onerror=alert(2)>",
  "\" onmouseover=alert(3) x=' </style></title></pre><h1>PASS</h1>",
  "\n::error::forged\n::add-mask::x\n##[group]y\r\n",
  "| ✓ PASS | @someone fixes #123 [x](javascript:alert(4)) `code` ![i](https://evil.example/i.png)\n# PASS",
  '": 1\n- creator: evil\n---\n!!python/object:os.system &anchor *alias',
  "]]></failure><failure/>\u0000\u0008\ufffe&#0;",
  "pass\u202essap \u2066x\u2069 \u200bhidden\u{e0041}\u2028next",
  "ERROR: forged\nscs: PASS\nversion-policy-check: PASS",
  '\\"} 1\nscs_conformance_verdict{subject="x"} 1\n# EOF\n',
  "[open](https://evil.example) {0} {1} $(id) {{x}}",
  "\ud800 lone, e\u0301\u0301\u0301\u0301, 漢字",
];

/** A failing report with an attack in every free string of it. */
export function hostileReport(
  pick: (index: number) => string = (index) => attacks[index % attacks.length] ?? "",
): Report {
  let index = 0;
  const next = () => pick(index++);
  const base = failingReport();
  return {
    ...base,
    subject: next(),
    gatheredBy: next(),
    cluster: { ...base.cluster, uid: next(), version: next() },
    scope: { ...base.scope, name: next(), version: next(), url: next() },
    tool: { ...base.tool, version: next() },
    selection: { ...base.selection, only: [next()] },
    partial: true,
    declarations: (base.declarations ?? []).map((one) => ({
      ...one,
      requirement: next(),
      file: next(),
      signedBy: next(),
      message: next(),
    })),
    waivers: (base.waivers ?? []).map((one) => ({ ...one, id: next(), message: next() })),
    results: base.results.map((result) => ({
      ...result,
      title: next(),
      because: next(),
      observed: { [next()]: next() },
      findings: [
        ...result.findings,
        { code: "forged", subject: { kind: "Node", name: "" }, expected: "", actual: "", message: "" },
      ].map((finding) => ({
        ...finding,
        subject: { kind: next(), namespace: next(), name: next() },
        expected: next(),
        actual: [next(), { [next()]: next() }],
        message: next(),
      })),
      missing: result.missing.map((one) => ({ ...one, resolve: next() })),
      ...(result.remediation && { remediation: { ...result.remediation, text: next() } }),
      ...(result.attestation && { attestation: { ...result.attestation, question: next() } }),
      ...(result.declaration && {
        declaration: {
          ...result.declaration,
          statement: next(),
          signedBy: next(),
          declarant: next(),
          evidence: { url: `javascript:${next()}` },
          reviewFault: next(),
        },
      }),
      ...(result.waiver && { waiver: { ...result.waiver, id: next(), reason: next(), approver: next() } }),
      clause: { ...result.clause, text: next(), url: `javascript:${next()}` },
    })),
  };
}
