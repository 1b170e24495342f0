/** report.scs.yaml of a run, read as the compliance monitor reads it: YAML 1.1, the fields of upstream's create_report. */
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { run } from "../support/command.ts";
import { cluster, releaseFile } from "../support/command-cluster.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

async function form(args: readonly string[] = []) {
  const server = await cluster();
  const cwd = scratchFolder();
  const given = ["check", "--kubeconfig", server.kubeconfigFile, "-o", "out", "--subject", "my-cloud-1.37"];
  await run([...given, "--data", releaseFile(), ...args], { cwd });
  const out = left(cwd, "out");
  const text = out.text("report.scs.yaml");
  const documents = parseAllDocuments(text, { version: "1.1" });
  if (!Array.isArray(documents)) throw new Error("the form is empty");
  for (const document of documents) expect(document.errors).toEqual([]);
  return { ...out, scsYaml: text, documents: documents.map((document) => document.toJS() as unknown) };
}

describe("report.scs.yaml", () => {
  it("holds every field the monitor reads, and only testcases that were attempted", async () => {
    const { documents, scsYaml, report } = await form();
    expect(scsYaml).toMatch(/^---\n/);
    const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;
    expect(documents).toEqual([
      expect.objectContaining({
        spec: {
          uuid: "1fffebe6-fd4b-44d3-a36c-fc58b4bb0180",
          name: "SCS-compatible KaaS",
          url: expect.stringMatching(/^https:\/\//) as string,
        },
        checked_at: new Date(report.checkedAt),
        reference_date: new Date(`${report.asOf.slice(0, 10)}T00:00:00Z`),
        subject: "my-cloud-1.37",
        run: {
          uuid,
          argv: expect.arrayContaining(["scs-conformance"]) as string[],
          assignment: expect.any(Object) as object,
          sections: null,
          forced_version: null,
          forced_tests: null,
          invocations: expect.any(Object) as object,
        },
        evidence_sha256: report.evidence.sha256,
      }),
    ]);
    const [document] = documents as { run: { invocations: { [id: string]: object } } }[];
    const invocations = Object.entries(document?.run.invocations ?? {});
    expect(invocations).toHaveLength(1);
    for (const [id, invocation] of invocations) {
      expect(invocation).toEqual({
        id,
        cmd: expect.any(String) as string,
        results: { "version-policy-check": 1 },
        rc: 0,
        stdout: ["version-policy-check: PASS"],
        stderr: [],
        info: 0,
        warning: 0,
        error: 0,
        critical: 0,
      });
    }
  });

  it("of a partial run names the testcases that ran", async () => {
    const { documents } = await form(["--only", "version-policy-check"]);
    expect(documents).toMatchObject([{ run: { forced_tests: "^(version-policy-check)$" } }]);
  });
});
