import { describe, expect, it } from "vitest";
import { gatherFrom, paths, recorded, served } from "../../support/gathering.ts";
import { kubernetesRoutes } from "../../support/kubernetes-routes.ts";

const from = (objects: { [path: string]: string | object }, ...wanted: Parameters<typeof gatherFrom>[1] & object) =>
  gatherFrom(kubernetesRoutes({ [paths.version]: served("v1.33.0"), ...objects }), wanted);

describe("kubeadm-config", () => {
  const config = (text: string) => ({ [paths.kubeadmConfig]: { data: { ClusterConfiguration: text } } });

  it("reads kind's", async () => {
    const { value } = await from(
      { [paths.kubeadmConfig]: recorded("kind", "kubeadm-config.json") },
      "kube/kubeadm-config",
    );
    expect(value("kube/kubeadm-config")).toMatchObject({
      apiVersion: "kubeadm.k8s.io/v1beta3",
      kubernetesVersion: "v1.24.0",
      apiServer: { values: { "authorization-mode": "Node,RBAC" }, withheld: ["runtime-config"] },
      etcd: { placement: "local" },
      podFamilies: ["IPv4"],
    });
  });

  it("reads the list of v1beta4, dual stack and external etcd", async () => {
    const text = `
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.35.1
certificateValidityPeriod: 8760h0m0s
apiServer:
  extraArgs:
  - {name: max-requests-inflight, value: "500"}
  - {name: oidc-client-id, value: s3cr3t}
etcd: {external: {endpoints: ["https://10.0.0.1:2379"]}}
networking: {podSubnet: "10.244.0.0/16,fd00:10::/56", serviceSubnet: "fd00:20::/112"}
`;
    const { value } = await from(config(text), "kube/kubeadm-config");
    expect(value("kube/kubeadm-config")).toEqual({
      apiVersion: "kubeadm.k8s.io/v1beta4",
      kubernetesVersion: "v1.35.1",
      certificateValidityPeriod: "8760h0m0s",
      apiServer: { values: { "max-requests-inflight": "500" }, withheld: ["oidc-client-id"] },
      etcd: { placement: "external", flags: { values: {}, withheld: [] } },
      podFamilies: ["IPv4", "IPv6"],
      serviceFamilies: ["IPv6"],
    });
  });

  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f", "g", "h"].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefg"[index]}`).join(",")}]`).join("\n")}\napiVersion: kubeadm.k8s.io/v1beta3`;
  it.each([
    ["a bomb of aliases", bomb],
    ["a key twice", "apiVersion: kubeadm.k8s.io/v1beta3\napiVersion: kubeadm.k8s.io/v1beta4"],
    ["no YAML", "{{{"],
    ["another kind", "apiVersion: v1\nkind: ConfigMap"],
    ["deep nesting", `apiVersion: ${"[".repeat(20_000)}`],
    ["too much", `apiVersion: kubeadm.k8s.io/v1beta3\nx: ${"y".repeat(300_000)}`],
  ])("takes %s for malformed", async (_, text) => {
    const { reason } = await from(config(text), "kube/kubeadm-config");
    expect(reason("kube/kubeadm-config")).toBe("malformed");
  });
});
