import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { pass, undetermined } from "../../src/model/finding.ts";

export const ingressClass = defineCheck({
  id: "scs-0219/ingress-class",
  title: {
    pass: "A default IngressClass exists",
    fail: "There is no default IngressClass",
  },
  why: "An Ingress that names no class works only where a default exists.",
  looksAt:
    "IngressClasses with the annotation ingressclass.kubernetes.io/is-default-class. Absence decides nothing: the text asks for the option of a managed controller.",
  needs: { all: ["kube/ingress-classes"] },
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
  accepted: ["Whether a controller serves the class, and whether the provider manages it, is not looked at."],
  evaluate({ facts }) {
    const { classes } = facts["kube/ingress-classes"];
    const defaults = classes.filter(({ defaultAnnotation }) => defaultAnnotation === "true");
    const observed = { classes: classes.map(({ name }) => name), defaults: defaults.map(({ name }) => name) };
    const [only, second] = defaults;
    if (only && !second)
      return pass(`${only.name} is the default IngressClass (controller ${only.controller})`, observed);
    if (second) {
      const missing = {
        fact: "kube/ingress-classes",
        reason: "malformed",
        resolve: "exactly one default IngressClass",
      } as const;
      const because = `${defaults.length} IngressClasses are marked as default; Kubernetes then refuses every Ingress without a class`;
      return undetermined(because, [missing], observed);
    }
    const missing = { fact: "kube/ingress-classes", reason: "not-visible", resolve: "a declaration" } as const;
    const because = `None of ${classes.length} IngressClasses is the default; whether the provider offers a managed controller cannot be seen`;
    return undetermined(because, [missing], observed);
  },
});
