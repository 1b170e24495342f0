import { describe, expect, it } from "vitest";
import { gatherFrom, paths, served } from "../../support/gathering.ts";
import { forbidden, type KubernetesRoutesOptions, kubernetesRoutes } from "../../support/kubernetes-routes.ts";

type Wanted = NonNullable<Parameters<typeof gatherFrom>[1]>;
const from = (
  wanted: Wanted,
  objects: { [path: string]: object },
  options: KubernetesRoutesOptions = {},
  version = "v1.37.2",
) => gatherFrom(kubernetesRoutes({ [paths.version]: served(version), ...objects }, options), wanted);

const metadata = (name: string, annotations = {}) => ({ name, namespace: "shop", annotations });
const service = (name: string, ingress: object[] = [], spec: object = {}, annotations = {}) => ({
  metadata: metadata(name, annotations),
  spec: { type: "LoadBalancer", ipFamilies: ["IPv4"], ...spec },
  status: { loadBalancer: { ingress } },
});

describe("Services of type LoadBalancer", () => {
  it("are asked for by type, and counted by what they got", async () => {
    const { value, loopback } = await from(["kube/load-balancers"], {
      [paths.services]: [
        service("b", [{ ip: "203.0.113.7" }]),
        service("a", [{ ip: "203.0.113.8", ipMode: "VIP" }]),
        service("c"),
        service("d", [{ hostname: "192.0.2.1.nip.io" }, { ip: "2001:db8::7" }], { ipFamilies: ["IPv6", "IPv4"] }),
        { metadata: metadata("e"), spec: { type: "ClusterIP" } },
      ],
    });
    expect(value("kube/load-balancers")).toEqual({
      services: 4,
      groups: [
        {
          services: 1,
          families: ["IPv4", "IPv6"],
          plain: true,
          addresses: [{ family: "IPv6", scope: "global" }],
          hostname: true,
          examples: ["shop/d"],
        },
        { services: 1, families: ["IPv4"], plain: true, addresses: [], hostname: false, examples: ["shop/c"] },
        {
          services: 2,
          families: ["IPv4"],
          plain: true,
          addresses: [{ family: "IPv4", scope: "global" }],
          hostname: false,
          examples: ["shop/a", "shop/b"],
        },
      ],
    });
    const asked = loopback.requests.map(({ path }) => path).filter((path) => path.startsWith(paths.services));
    expect(asked).toEqual([`${paths.services}?limit=500&fieldSelector=spec.type%3DLoadBalancer`]);
  });

  it.each<[string, object, object, boolean]>([
    ["nothing", {}, {}, true],
    [
      "an annotation of somebody else's",
      {},
      { "meta.helm.sh/release-name": "web", "external-dns.alpha.kubernetes.io/hostname": "x" },
      true,
    ],
    ["what the API server fills in", { externalTrafficPolicy: "Cluster", sessionAffinity: "None" }, {}, true],
    ["a class", { loadBalancerClass: "octavia" }, {}, false],
    ["an address", { loadBalancerIP: "203.0.113.7" }, {}, false],
    ["source ranges", { loadBalancerSourceRanges: ["0.0.0.0/0"] }, {}, false],
    ["the traffic policy Local", { externalTrafficPolicy: "Local" }, {}, false],
    ["an annotation of OpenStack", {}, { "loadbalancer.openstack.org/keep-floatingip": "true" }, false],
    [
      "an annotation of Kubernetes",
      {},
      { "service.beta.kubernetes.io/openstack-internal-load-balancer": "true" },
      false,
    ],
    ["an annotation of MetalLB", {}, { "metallb.universe.tf/address-pool": "x" }, false],
    ["an annotation of Hetzner", {}, { "load-balancer.hetzner.cloud/location": "x" }, false],
  ])("with %s", async (_, spec, annotations, plain) => {
    const { value } = await from(["kube/load-balancers"], { [paths.services]: [service("a", [], spec, annotations)] });
    expect(value("kube/load-balancers").groups.map((group) => group.plain)).toEqual([plain]);
  });

  it.each<[number, string]>([
    [403, "forbidden"],
    [404, "not-served"],
    [500, "server-error"],
  ])("that cannot be read: %i", async (status, expected) => {
    const overrides = { [paths.services]: status === 403 ? forbidden() : { status, body: "" } };
    const { reason } = await from(["kube/load-balancers"], {}, { overrides });
    expect(reason("kube/load-balancers")).toBe(expected);
  });
});

describe("Ingresses and Gateways", () => {
  const installed = [{ metadata: { name: "gateways.gateway.networking.k8s.io" } }];
  const ingress = { metadata: metadata("front"), status: { loadBalancer: { ingress: [{ ip: "10.0.0.7" }] } } };
  const gateway = {
    metadata: metadata("gate"),
    status: {
      addresses: [
        { type: "IPAddress", value: "fd00::7" },
        { type: "Hostname", value: "gate.example.org" },
      ],
    },
  };

  it("are both looked at where there are Gateways", async () => {
    const objects = { [paths.customResources]: installed, [paths.ingresses]: [ingress], [paths.gateways]: [gateway] };
    const { value } = await from(["kube/ingress-addresses"], objects);
    expect(value("kube/ingress-addresses")).toEqual({
      ingresses: 1,
      gateways: 1,
      groups: [
        {
          kind: "Ingress",
          objects: 1,
          addresses: [{ family: "IPv4", scope: "private" }],
          hostname: false,
          examples: ["shop/front"],
        },
        {
          kind: "Gateway",
          objects: 1,
          addresses: [{ family: "IPv6", scope: "private" }],
          hostname: true,
          examples: ["shop/gate"],
        },
      ],
    });
  });

  it("Gateways are not asked for where they are not installed", async () => {
    const { value, loopback } = await from(["kube/ingress-addresses"], {
      [paths.customResources]: [],
      [paths.ingresses]: [],
    });
    expect(value("kube/ingress-addresses")).toEqual({ ingresses: 0, gateways: 0, groups: [] });
    expect(loopback.requests.map(({ path }) => path)).not.toContainEqual(expect.stringMatching(/gateways/));
  });

  it("say which right is missing", async () => {
    const objects = { [paths.customResources]: installed, [paths.ingresses]: [] };
    const { reason } = await from(["kube/ingress-addresses"], objects, {
      overrides: { [paths.gateways]: forbidden() },
    });
    expect(reason("kube/ingress-addresses")).toBe("forbidden");
  });
});

describe("ranges of Services", () => {
  const range = (...cidrs: string[]) => [{ metadata: { name: "kubernetes" }, spec: { cidrs } }];
  const kubernetes = { metadata: metadata("kubernetes"), spec: { clusterIP: "10.96.0.1", clusterIPs: ["10.96.0.1"] } };
  const dns = {
    metadata: { name: "kube-dns", namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
    spec: { clusterIPs: ["10.96.0.10", "fd00::a"] },
  };
  const services = { [paths.kubernetesService]: kubernetes, [paths.systemServices]: [dns] };
  const wanted: Wanted = ["kube/service-ranges"];

  it("of 1.33 and newer", async () => {
    const { value } = await from(wanted, { ...services, [paths.serviceRanges]: range("10.96.0.0/12", "fd00::/108") });
    expect(value("kube/service-ranges")).toEqual({
      apiVersion: "networking.k8s.io/v1",
      ranges: [{ name: "kubernetes", families: ["IPv4", "IPv6"] }],
      kubernetes: ["IPv4"],
      dns: [{ name: "kube-dns", families: ["IPv4", "IPv6"] }],
    });
  });

  it("of 1.31, where they are beta", async () => {
    const objects = { ...services, [paths.serviceRangesBeta]: range("10.96.0.0/12") };
    const { value } = await from(wanted, objects, {}, "v1.31.4");
    expect(value("kube/service-ranges")).toMatchObject({
      apiVersion: "networking.k8s.io/v1beta1",
      ranges: [{ families: ["IPv4"] }],
    });
  });

  it("of 1.28, which has none and is not asked", async () => {
    const headless = { ...dns, spec: { clusterIP: "None", clusterIPs: ["None"] } };
    const objects = { ...services, [paths.systemServices]: [headless] };
    const { value, loopback } = await from(wanted, objects, {}, "v1.28.4");
    expect(value("kube/service-ranges")).toEqual({
      ranges: [],
      kubernetes: ["IPv4"],
      dns: [{ name: "kube-dns", families: [] }],
    });
    expect(loopback.requests.map(({ path }) => path)).not.toContainEqual(expect.stringMatching(/servicecidrs/));
  });

  it.each([paths.serviceRanges, paths.kubernetesService, paths.systemServices])("refused at %s", async (path) => {
    const objects = { ...services, [paths.serviceRanges]: [] };
    const { reason } = await from(wanted, objects, { overrides: { [path]: forbidden() } });
    expect(reason("kube/service-ranges")).toBe("forbidden");
  });
});
