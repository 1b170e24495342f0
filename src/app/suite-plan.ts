/** What --run-conformance adds to a plan: rights, and what is made, taken and disturbed, in words. */
import { loadSpecLists } from "../catalogue/conformance-specs.ts";
import type { Plan } from "../engine/plan.ts";
import { distinctRights, rightsOf } from "../model/acting-rights.ts";
import { mappedImage } from "../model/conformance/image-map.ts";
import { type SuiteKind, suiteRecipes } from "../model/conformance/suite-kind.ts";
import { disturbancesOf, suiteMakes, suiteRights } from "../model/conformance/suite-makes.ts";
import { Defect } from "../model/faults.ts";
import type { SuiteOptions } from "./suite-options.ts";

/** The plan with the rights of the runs. */
export function withSuites(plan: Plan, suites: SuiteOptions | undefined): Plan {
  if (suites === undefined) return plan;
  const mapped = suites.registries.length > 0;
  const rights = suites.kinds.flatMap((kind) =>
    rightsOf({ rights: suiteRights(kind, mapped), makes: suiteMakes(kind, mapped) }),
  );
  return { ...plan, rights: distinctRights([...plan.rights, ...rights]) };
}

/** Usual times of upstream's runs on small clusters. */
const usual: { readonly [K in SuiteKind]: string } = {
  full: "1.5 to 2.5 hours",
  networkpolicy: "20 minutes to an hour",
};

export function suiteLines(suites: SuiteOptions | undefined): readonly string[] {
  return (suites?.kinds ?? []).flatMap((kind) => ["", ...linesOf(kind, suites as SuiteOptions)]);
}

function linesOf(kind: SuiteKind, { image, registries, focus }: SuiteOptions): readonly string[] {
  const { title, testcase, deadlineSeconds, attempts } = suiteRecipes[kind];
  const lists = loadSpecLists().at(-1);
  if (lists === undefined) throw new Defect("no list of specs is known");
  const specs = kind === "full" ? lists.conformance : lists.networkPolicy;
  const shown = image ?? mappedImage("registry.k8s.io/conformance:VERSION", registries);
  const { cpuMillicores, memoryMebibytes, objects } = suiteMakes(kind, registries.length > 0);
  const made = ["Namespace", ...Object.keys(objects)].map((name) => `1 ${name}`).join(", ");
  const disturbed = disturbancesOf(specs);
  return [
    `First runs ${title} of upstream's e2e suite, which decide ${testcase}: ${specs.length} in ${lists.minor}, one after the other.`,
    ...(focus === undefined
      ? []
      : [`  Only those that match ${JSON.stringify(focus)}: a part decides nothing but a failure.`]),
    `  Image ${shown}${image === undefined ? ", VERSION being the server's" : ""}; the specs pull some twenty images of their own.`,
    `  Makes ${made} (1 pod, ${cpuMillicores}m CPU, ${memoryMebibytes} MiB), and removes them at the end.`,
    "  The ClusterRoleBinding makes the run's own ServiceAccount cluster-admin for as long as the run takes: upstream's suite needs it.",
    `  Usually ${usual[kind]}, ended after ${deadlineSeconds / 3600} h${attempts > 1 ? `; each spec may be tried ${attempts} times, and a second try is named` : ""}.`,
    ...(disturbed.length === 0
      ? ["  Its specs stay in namespaces of their own, three at a time with three pods each."]
      : [
          "  NOT for a cluster that others work on. Of its specs",
          ...disturbed.map(({ specs: n, text }) => `    ${n} ${text}`),
        ]),
    "  Every pod in kube-system has to be ready, or the suite ends after ten minutes without a result.",
  ];
}
