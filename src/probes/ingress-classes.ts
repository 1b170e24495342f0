import { read } from "../model/fact.ts";
import type { IngressClassesFact } from "../model/facts/workloads.ts";
import { defineProbe } from "../model/probe.ts";
import { reduceList } from "./reading.ts";
import { inOrder, textAt } from "./untrusted.ts";

export const ingressClassesProbe = defineProbe({
  id: "kube/ingress-classes",
  title: "ingress classes",
  tier: "observe",
  rights: [{ kind: "resource", verb: "list", group: "networking.k8s.io", resource: "ingressclasses" }],
  requests: 1,
  async collect({ cluster }) {
    const path = "/apis/networking.k8s.io/v1/ingressclasses";
    const reading = await reduceList(cluster, path, { limit: 500 }, classRecord);
    if (!reading.ok) return reading;
    return read({ classes: [...reading.value.items].sort((a, b) => inOrder(a.name, b.name)) });
  },
});

function classRecord(object: unknown): IngressClassesFact["classes"][number] | undefined {
  const name = textAt(object, "metadata", "name");
  if (name === undefined) return undefined;
  const standard = textAt(object, "metadata", "annotations", "ingressclass.kubernetes.io/is-default-class");
  return {
    name,
    controller: textAt(object, "spec", "controller") ?? "",
    ...(standard === undefined ? {} : { defaultAnnotation: standard }),
  };
}
