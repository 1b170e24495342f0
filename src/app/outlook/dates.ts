/** Days that stand in the evidence as they are: ends of certificates and of the branch, and of testcases' results. */
import type { Evidence } from "../../model/evidence.ts";
import type { CertificateRecord } from "../../model/facts/certificates.ts";
import type { FactId, FactValues } from "../../model/facts/index.ts";
import { dateOf } from "../../model/instant.ts";
import type { Turn } from "../../model/outlook.ts";
import type { Report } from "../../model/report.ts";
import { branchOf } from "../../model/versions/kubernetes-version.ts";
import { servedVersion } from "../../model/versions/version-policy.ts";

/** What is dated says nothing about an answer; where one rests on it, judging that day shows. */
export function datesIn({ facts: { gathering }, inputs }: Evidence, report: Report): readonly Turn[] {
  const value = <Id extends FactId>(id: Id): FactValues[Id] | undefined => {
    const fact = gathering.items[id];
    return fact?.status === "collected" ? (fact.value as FactValues[Id]) : undefined;
  };
  const concerned = (id: FactId): readonly string[] =>
    report.results.flatMap(({ requirement, facts }) => (facts.includes(id) ? [requirement] : []));
  const serving = value("kube/serving-certificate");
  const ca = value("kube/cluster-ca");
  const own = value("kube/client-certificate")?.certificate;
  return [
    ...certificates("serving certificate", "kube/serving-certificate", serving?.chain ?? []),
    ...certificates(
      "serving certificate of the other address family",
      "kube/serving-certificate",
      serving?.otherFamily?.chain ?? [],
    ),
    ...certificates("cluster CA", "kube/cluster-ca", ca?.clusterCa ?? []),
    ...certificates("client CA", "kube/cluster-ca", ca?.clientCa ?? []),
    ...certificates("front-proxy CA", "kube/cluster-ca", ca?.frontProxyCa ?? []),
    ...certificates("client certificate of the kubeconfig", "kube/client-certificate", own ? [own] : []),
    ...branchEnds(),
    ...testcaseEnds(report),
  ];

  function certificates(name: string, fact: FactId, chain: readonly CertificateRecord[]): readonly Turn[] {
    return chain.map(({ notAfter, fingerprint }, index) => ({
      ...dated(notAfter),
      kind: "certificate",
      name: index === 0 ? name : `${name}, certificate ${index + 1}`,
      from: "valid",
      to: "ended",
      because: `it is valid until ${notAfter}, SHA-256 ${fingerprint.slice(0, 12)}`,
      requirements: concerned(fact),
    }));
  }

  function branchEnds(): readonly Turn[] {
    const shown = value("kube/version");
    const version = shown && servedVersion(shown);
    if (!version) return [];
    const branch = branchOf(version);
    const data = inputs.kubernetesReleases.value as unknown as FactValues["input/kubernetes-releases"];
    const own = data.minors.find(({ minor }) => minor === branch);
    const ends = [["planned", own?.endOfLifePlanned] as const, ["recorded", own?.endOfLifeRecorded] as const];
    return ends.flatMap(([basis, end]): readonly Turn[] => {
      if (end === undefined) return [];
      const because = `the release data of ${data.date} says so; it is supported to the end of that day`;
      const requirements = concerned("input/kubernetes-releases");
      return [
        {
          ...dated(end),
          kind: "branch",
          name: branch,
          from: "supported",
          to: `end of life, ${basis}`,
          because,
          requirements,
        },
      ];
    });
  }
}

/** When the monitor takes results for expired, by the lifetimes of the scope. */
function testcaseEnds({ testcases, results }: Report): readonly Turn[] {
  const imported = new Set(results.filter(({ basis }) => basis === "imported").map(({ requirement }) => requirement));
  return testcases.flatMap(({ id, verdict, attempted, observedAt, expiresAt, requirements }): readonly Turn[] => {
    if (!attempted || expiresAt === undefined) return [];
    const because = `what was seen at ${observedAt} counts until ${expiresAt}, by the testcase's lifetime`;
    const assuming = requirements.some((id) => imported.has(id)) ? "data-renewed" : "as-it-is";
    return [
      {
        ...dated(expiresAt),
        kind: "testcase",
        name: id,
        from: verdict,
        to: "expired",
        assuming,
        because,
        requirements,
      },
    ];
  });
}

const dated = (at: string): Pick<Turn, "on" | "trend" | "assuming" | "resolve"> => ({
  on: dateOf(at),
  trend: "worse",
  assuming: "data-renewed",
  resolve: [],
});
