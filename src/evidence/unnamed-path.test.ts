import { expect, it } from "vitest";
import { unnamedPath } from "./unnamed-path.ts";

it.each([
  ["/api/v1/nodes?limit=500&continue=c2VjcmV0", "/api/v1/nodes?limit=500"],
  ["/api/v1/nodes/node-7.example.org/proxy/configz", "/api/v1/nodes/*/proxy/configz"],
  ["/api/v1/namespaces/kube-system/pods?limit=1&labelSelector=a%3Db", "/api/v1/namespaces/*/pods?limit=1"],
  ["/api/v1/namespaces/kube-system/pods/etcd-node-7/log", "/api/v1/namespaces/*/pods/*/log"],
  [
    "/apis/cluster.x-k8s.io/v1beta1/namespaces/acme/clusters/prod",
    "/apis/cluster.x-k8s.io/v1beta1/namespaces/*/clusters/*",
  ],
  ["/apis/storage.k8s.io/v1/csinodes/node-7", "/apis/storage.k8s.io/v1/csinodes/*"],
  ["/api/v1/namespaces/acme", "/api/v1/namespaces/*"],
  ["/metrics", "/metrics"],
  ["/version", "/version"],
])("%s is kept as %s", (path, kept) => {
  expect(unnamedPath(path)).toBe(kept);
});
