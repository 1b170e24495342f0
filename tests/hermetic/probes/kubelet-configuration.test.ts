import { describe, expect, it } from "vitest";
import { gatherFrom, paths, recorded, served } from "../../support/gathering.ts";
import { kubernetesRoutes } from "../../support/kubernetes-routes.ts";

const from = (configMap: object) =>
  gatherFrom(kubernetesRoutes({ [paths.version]: served("v1.33.0"), [paths.kubeletConfig]: configMap }), [
    "kube/kubelet-configuration",
  ]);
const written = (text: string) => ({ data: { kubelet: text } });
const head = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n";

describe("kubelet-config", () => {
  it("reads kind's, and keeps no name of a file", async () => {
    const { value } = await from(recorded("kind", "kubelet-config.json"));
    expect(value("kube/kubelet-configuration")).toEqual({
      source: "kubelet-config",
      settings: {
        anonymous: false,
        webhookAuthentication: true,
        authorizationMode: "Webhook",
        rotateCertificates: true,
        clientCa: true,
      },
    });
  });

  it.each<[string, string, object]>([
    ["nothing stated", "", {}],
    [
      "what nobody wants",
      "authentication: {anonymous: {enabled: true}, x509: {clientCAFile: ''}}\nreadOnlyPort: 10255\n",
      { anonymous: true, clientCa: false, readOnlyPort: 10255 },
    ],
    ["signed serving certificates", "serverTLSBootstrap: true\n", { serverTlsBootstrap: true }],
    [
      "other types than documented",
      "authentication: {anonymous: {enabled: 'false'}, webhook: true}\nauthorization: {mode: 'Web hook'}\nreadOnlyPort: -1\nrotateCertificates: 1\n",
      {},
    ],
  ])("%s", async (_, text, settings) => {
    const { value } = await from(written(head + text));
    expect(value("kube/kubelet-configuration").settings).toEqual(settings);
  });

  it.each<[string, object]>([
    ["no text", { data: {} }],
    ["another kind", written("kind: ClusterConfiguration\n")],
    ["two documents", written(`${head}---\n${head}`)],
    ["keys given twice", written(`${head}readOnlyPort: 0\nreadOnlyPort: 10255\n`)],
    ["a bomb of aliases", written(`${head}a: &a [${"x,".repeat(50)}]\nb: [${"*a,".repeat(50)}]\n`)],
    ["more than a file of settings has", written(`${head}a: ${"x".repeat(300_000)}\n`)],
  ])("%s is malformed", async (_, configMap) => {
    const { reason } = await from(configMap);
    expect(reason("kube/kubelet-configuration")).toBe("malformed");
  });
});
