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
    { name: "no class is never a failure", ...classes(), outcome: "undetermined", missing: ["a declaration"] },
  ],
);
