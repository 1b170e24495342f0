/** A credential without any right: every request was forbidden, nothing can be said. */
import type { Report, Result } from "../../../src/model/report.ts";
import { reportOf, resultOf } from "../reports.ts";
import type { RequirementName } from "./requirements.ts";

const needs: { readonly [Name in RequirementName]: readonly [fact: string, resolve: string] } = {
  conformance: ["kube/version", "the right to get /version"],
  branch: ["kube/version", "the right to get /version"],
  patch: ["kube/version", "the right to get /version"],
  network: ["kube/version", "the right to get /version"],
  hosts: ["kube/nodes", "the right to list nodes"],
  labels: ["kube/nodes", "the right to list nodes"],
  offered: ["declaration", "a signed declaration (`--declarations`)"],
  zones: ["kube/nodes", "the right to list nodes"],
  storage: ["kube/storage-classes", "the right to list storageclasses.storage.k8s.io"],
  throttling: ["kube/flagz", "the right to get /flagz"],
  events: ["kube/api-server-metrics", "the right to get /metrics"],
  rotation: ["kube/serving-certificate", "a TLS connection to the API server"],
};

const question: Partial<Record<RequirementName, NonNullable<Result["attestation"]>>> = {
  hosts: { question: "Are the control-plane nodes kept on different physical hosts?", state: "hidden" },
  labels: { question: "Do all nodes carry region and zone labels?", state: "hidden" },
  offered: { question: "Is the newest minor offered to customers within four months of its release?", state: "due" },
};

export function noRightsReport(more: Partial<Report> = {}): Report {
  const results = (Object.keys(needs) as RequirementName[]).map((name) => {
    const [fact, resolve] = needs[name];
    const attestation = question[name];
    const asked = name === "offered";
    return resultOf(
      name,
      asked ? "not-run" : "undetermined",
      asked ? "a person has to answer" : `${fact} is forbidden`,
      {
        missing: [{ fact, reason: asked ? "not-given" : "forbidden", resolve }],
        ...(attestation && { attestation }),
      },
    );
  });
  return reportOf(results, {
    subject: "example-locked",
    cluster: { uid: null, version: null, platform: "unknown", nodes: null },
    gatheredBy: "unsigned",
    requests: { count: 21, bytes: 6_804 },
    ...more,
  });
}
