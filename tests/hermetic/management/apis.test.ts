import { describe, expect, it } from "vitest";
import { paths, served } from "../../support/gathering.ts";
import { forbidden, kubernetesRoutes, unauthorized } from "../../support/kubernetes-routes.ts";
import type { LoopbackResponse } from "../../support/loopback-response.ts";
import { apis, gatherManaged } from "../../support/managed.ts";

const cluster = kubernetesRoutes({ [paths.version]: served("v1.37.2") });
const answered = (response: LoopbackResponse) => gatherManaged({ cluster, management: () => response }, []);

describe("the APIs of a management cluster", () => {
  it("are those that manage clusters, the preferred version first", async () => {
    const { value, gathering } = await answered({
      body: apis({
        apps: ["v1"],
        "infrastructure.cluster.x-k8s.io": ["v1beta1", "v1alpha7", "v1beta2"],
        "cluster.x-k8s.io": ["v1beta2", "v1beta1"],
        "kamaji.clastix.io": ["v1alpha1"],
        "secrets.cluster.x-k8s.io.example.org": ["v1"],
      }),
    });
    expect(value("management/apis").groups).toEqual([
      { group: "cluster.x-k8s.io", versions: ["v1beta2", "v1beta1"] },
      { group: "infrastructure.cluster.x-k8s.io", versions: ["v1beta1", "v1alpha7", "v1beta2"] },
      { group: "kamaji.clastix.io", versions: ["v1alpha1"] },
    ]);
    expect(gathering.requests.map(({ view, path }) => `${view ?? "cluster"} ${path}`)).toEqual([
      "cluster /version",
      "management /apis",
    ]);
  });

  it.each<[string, LoopbackResponse, string, string]>([
    ["forbidden", forbidden(), "forbidden", "the right to get /apis on the management cluster"],
    ["refused", unauthorized, "unauthorized", "credentials that the management cluster accepts"],
    ["no list", { body: { kind: "Status" } }, "malformed", "an API server that answers as Kubernetes documents it"],
    ["no JSON", { body: "<html>" }, "malformed", "an API server that answers as Kubernetes documents it"],
    ["broken", { status: 500, body: "" }, "server-error", "an API server without internal errors"],
  ])("%s", async (_, response, reason, resolve) => {
    const { gathering, value } = await answered(response);
    expect(gathering.items["management/apis"]).toMatchObject({ reason, resolve });
    expect(value("kube/version").gitVersion).toBe("v1.37.2");
  });

  it("keeps no version that is none", async () => {
    const { value } = await answered({
      body: { groups: [null, { name: 7 }, { name: "cluster.x-k8s.io", versions: [{ version: "../v1" }, 7] }] },
    });
    expect(value("management/apis").groups).toEqual([{ group: "cluster.x-k8s.io", versions: [] }]);
  });
});
