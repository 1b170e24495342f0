import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import type { Fact } from "../../src/model/fact.ts";
import type { IngressTrialFact } from "../../src/model/facts/network-paths.ts";
import { type Finding, pass, undetermined } from "../../src/model/finding.ts";
import type { JsonObject } from "../../src/model/json.ts";

export const ingressClass = defineCheck({
  id: "scs-0219/ingress-class",
  title: {
    pass: "A default IngressClass exists",
    fail: "There is no default IngressClass",
  },
  why: "An Ingress that names no class works only where a default exists.",
  looksAt:
    "IngressClasses with the annotation ingressclass.kubernetes.io/is-default-class. Absence decides nothing: the text asks for the option of a managed controller. At tier system an Ingress of the run shows whether anybody serves it.",
  needs: { all: ["kube/ingress-classes"], uses: ["kube/ingress-trial"] },
  parameters: Type.Object({}),
  remediation: {
    text: 'Install an Ingress controller and set the annotation `ingressclass.kubernetes.io/is-default-class: "true"` on exactly one IngressClass.',
    platforms: {
      "cluster-api": "Add a controller to your cluster add-ons and mark its class.",
      rke2: "rke2-ingress-nginx is installed unless `disable: rke2-ingress-nginx` is set in /etc/rancher/rke2/config.yaml.",
      k3s: "Traefik is installed unless the servers run with `--disable=traefik`.",
      talos: "Talos ships no controller: install one.",
      managed: "Enable the provider's Ingress add-on, or install a controller.",
      gardener: "Enable `spec.addons.nginxIngress.enabled` in the Shoot, or install a controller.",
    },
  },
  accepted: [
    "Whether the provider manages the controller is not looked at, and whether it serves the class only at tier system.",
    "An Ingress of the run that nobody serves is told and changes nothing: it is the option that the text asks for.",
  ],
  evaluate({ facts }) {
    const { classes } = facts["kube/ingress-classes"];
    const defaults = classes.filter(({ defaultAnnotation }) => defaultAnnotation === "true");
    const trial = ownIngress(facts["kube/ingress-trial"]);
    const observed = {
      classes: classes.map(({ name }) => name),
      defaults: defaults.map(({ name }) => name),
      ...trial.observed,
    };
    const [only, second] = defaults;
    if (only && !second)
      return pass(`${only.name} is the default IngressClass (controller ${only.controller})`, observed, trial.findings);
    if (second) {
      const missing = {
        fact: "kube/ingress-classes",
        reason: "malformed",
        resolve: "exactly one default IngressClass",
      } as const;
      const because = `${defaults.length} IngressClasses are marked as default; Kubernetes then refuses every Ingress without a class`;
      return undetermined(because, [missing], observed, trial.findings);
    }
    const missing = { fact: "kube/ingress-classes", reason: "not-visible", resolve: "a declaration" } as const;
    const because = `None of ${classes.length} IngressClasses is the default; whether the provider offers a managed controller cannot be seen`;
    return undetermined(because, [missing], observed, trial.findings);
  },
});

/** What became of an Ingress of the run. */
function ownIngress(fact: Fact<IngressTrialFact>): { observed: JsonObject; findings: readonly Finding[] } {
  if (fact.status === "unavailable" || fact.value.hindrance) return { observed: {}, findings: [] };
  const { className, addresses, hostname, answer, events } = fact.value;
  const given = addresses.length > 0 || hostname;
  const actual = !given ? "no address" : answer === "allowed" ? "answered" : "an address that did not lead to its pod";
  const observed = { ownIngress: actual, ownIngressClass: className ?? "none" };
  if (answer === "allowed") return { observed, findings: [] };
  const last = events.at(-1);
  const message = `An Ingress of the run without a class got ${actual}${last ? ` (${last})` : ""}`;
  const subject = { kind: "Ingress", name: "published" };
  return { observed, findings: [{ code: "own-ingress-not-served", subject, expected: "answered", actual, message }] };
}
