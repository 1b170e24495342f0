import { describe, expect, it } from "vitest";
import { gatherFrom, paths, served } from "../../support/gathering.ts";
import { kubernetesRoutes } from "../../support/kubernetes-routes.ts";

const routes = kubernetesRoutes({ [paths.version]: served("v1.37.2") });

describe("the endpoint's addresses and families", () => {
  it.each([
    ["127.0.0.1", "IPv4"],
    ["::1", "IPv6"],
  ] as const)("%s is tried over %s alone", async (address, family) => {
    const { value, loopback } = await gatherFrom(routes, ["kube/api-endpoint"], { address });
    const { runner, ...rest } = value("kube/api-endpoint");
    expect(rest).toEqual({
      written: family,
      proxied: false,
      addresses: [{ family, scope: "loopback" }],
      handshakes: [{ family, trusted: true }],
    });
    // which ones this machine has is its own matter
    for (const own of runner) expect(["IPv4", "IPv6"]).toContain(own);
    expect(loopback.requests.map(({ path }) => path)).toEqual([paths.version]);
  });

  it("a name that is not in the certificate is not valid for it", async () => {
    const { value } = await gatherFrom(routes, ["kube/api-endpoint"], { serverName: "kubernetes.example.org" });
    // the kubeconfig asks for that name by tls-server-name, so that it is valid all the same
    expect(value("kube/api-endpoint").handshakes).toEqual([{ family: "IPv4", trusted: true }]);
  });

  it("nothing of an address is kept", async () => {
    const { gathering } = await gatherFrom(routes, ["kube/api-endpoint"]);
    expect(JSON.stringify(gathering.items["kube/api-endpoint"])).not.toMatch(/127\.0|\d+\.\d+\.\d+\.\d+/);
  });
});
