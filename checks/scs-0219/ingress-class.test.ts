import type { FactValues } from "../../src/model/facts/index.ts";
import { describeCheck } from "../../tests/support/check-table.ts";
import { ingressClass } from "./ingress-class.ts";

const classes = (...given: [name: string, annotation?: string][]) => ({
  facts: {
    "kube/ingress-classes": {
      classes: given.map(([name, defaultAnnotation]) => ({
        name,
        controller: `example.org/${name}`,
        ...(defaultAnnotation === undefined ? {} : { defaultAnnotation }),
      })),
    },
  },
});

const ingress = (given: Partial<FactValues["kube/ingress-trial"]>): FactValues["kube/ingress-trial"] => ({
  className: "nginx",
  addresses: [{ family: "IPv4", scope: "global" }],
  hostname: false,
  milliseconds: 4_000,
  events: [],
  ...given,
});

describeCheck(
  ingressClass,
  ["pass", "undetermined"],
  [
    {
      name: "one default",
      ...classes(["nginx", "true"], ["internal"]),
      outcome: "pass",
      observed: { defaults: ["nginx"] },
    },
    {
      name: "two defaults",
      ...classes(["nginx", "true"], ["traefik", "true"]),
      outcome: "undetermined",
      missing: ["exactly one default IngressClass"],
    },
    { name: "a class, not the default", ...classes(["nginx", "false"]), outcome: "undetermined" },
    {
      name: "an Ingress of the run is served",
      facts: { ...classes(["nginx", "true"]).facts, "kube/ingress-trial": ingress({ answer: "allowed" }) },
      outcome: "pass",
      findings: [],
      observed: { ownIngress: "answered", ownIngressClass: "nginx" },
    },
    {
      name: "a default class that nobody serves",
      facts: {
        ...classes(["nginx", "true"]).facts,
        "kube/ingress-trial": ingress({ addresses: [], events: ["Sync: no"] }),
      },
      outcome: "pass",
      findings: ["own-ingress-not-served"],
      observed: { ownIngress: "no address" },
    },
    {
      name: "an address that leads elsewhere, without a class",
      facts: { ...classes().facts, "kube/ingress-trial": ingress({ answer: "other" }) },
      outcome: "undetermined",
      findings: ["own-ingress-not-served"],
    },
    {
      name: "an Ingress that a policy refuses",
      facts: {
        ...classes(["nginx", "true"]).facts,
        "kube/ingress-trial": ingress({ hindrance: { by: "policy", said: "no Ingress here" } }),
      },
      outcome: "pass",
      findings: [],
    },
    { name: "no class is never a failure", ...classes(), outcome: "undetermined", missing: ["a declaration"] },
  ],
);
