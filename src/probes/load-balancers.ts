import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { familiesOf } from "./address-family.ts";
import { counted, fullName, loadBalancerAddresses } from "./given-addresses.ts";
import { reduceList } from "./reading.ts";
import { keysAt, listAt, printable, textAt, valueAt } from "./untrusted.ts";

/** Annotations by which a Service tells a load balancer what it wants (clouds, MetalLB, kube-vip, Cilium, OpenStack). */
const speaksToLoadBalancers =
  /load-?balancer|(^|\.)service(\.(alpha|beta))?\.kubernetes\.io\/|metallb|kube-vip|lb-?ipam|^lbipam\.|octavia|cilium\.io\//i;

export const loadBalancersProbe = defineProbe({
  id: "kube/load-balancers",
  title: "Services of type LoadBalancer",
  tier: "observe",
  rights: [{ kind: "resource", verb: "list", group: "", resource: "services" }],
  requests: 1,
  async collect({ cluster }) {
    const options = { limit: 500, fieldSelector: "spec.type=LoadBalancer" };
    const reading = await reduceList(cluster, "/api/v1/services", options, serviceOf);
    if (!reading.ok) return reading;
    const services = reading.value.items.filter((service) => service !== "other");
    return read({
      services: services.length,
      groups: counted(services).map(({ about, count, examples }) => ({ services: count, ...about, examples })),
    });
  },
});

/** `other`: of another type, from a server that does not know the selector. */
function serviceOf(object: unknown) {
  const name = fullName(object);
  if (name === undefined) return undefined;
  if (textAt(object, "spec", "type") !== "LoadBalancer") return "other";
  // the family of an address is what `ipFamilies` calls it
  const wanted = listAt(object, "spec", "ipFamilies").map(printable);
  const families = familiesOf(wanted.map((family) => (family === "IPv4" ? "0.0.0.0" : family === "IPv6" ? "::" : "")));
  return { name, about: { families, plain: isPlain(object), ...loadBalancerAddresses(object) } };
}

function isPlain(object: unknown): boolean {
  const set = (key: string): boolean => (textAt(object, "spec", key) ?? "") !== "";
  return !(
    set("loadBalancerClass") ||
    set("loadBalancerIP") ||
    listAt(object, "spec", "loadBalancerSourceRanges").length > 0 ||
    valueAt(object, "spec", "externalTrafficPolicy") === "Local" ||
    keysAt(object, "metadata", "annotations").some((key) => key.length <= 317 && speaksToLoadBalancers.test(key))
  );
}
