import { describe, expect, it } from "vitest";
import type { AnyProbe, Right } from "../model/probe.ts";
import { unavailableReasons } from "../model/vocabulary.ts";
import { createRedactor } from "./redactor.ts";
import { resolveText, unavailableText } from "./resolve.ts";

const probe = (rights: readonly Right[], resolve: AnyProbe["resolve"] = {}): AnyProbe =>
  ({ id: "kube/nodes", title: "nodes", tier: "system", rights, requests: 1, resolve }) as unknown as AnyProbe;
const nodes: Right = { kind: "resource", verb: "list", group: "", resource: "nodes" };
const config: Right = {
  kind: "resource",
  verb: "get",
  group: "",
  resource: "configmaps",
  namespace: "kube-system",
  name: "kubeadm-config",
};

describe("resolveText", () => {
  it.each<[readonly Right[], string]>([
    [[nodes], "the right to list nodes"],
    [[{ kind: "path", verb: "get", path: "/metrics" }], "the right to get /metrics"],
    [[config], "the right to get the ConfigMap kube-system/kubeadm-config"],
    [[{ ...nodes, resource: "pods", namespace: "kube-system" }], "the right to list pods in kube-system"],
    [[nodes, config], "the rights to list nodes and get the ConfigMap kube-system/kubeadm-config"],
    [[], "more rights"],
  ])("names rights %#", (rights, text) => {
    expect(resolveText(probe(rights), "forbidden")).toBe(text);
  });

  it.each([
    ["management", "forbidden", "the right to list nodes on the management cluster"],
    ["management", "not-given", "`--management-kubeconfig FILE`"],
    ["management", "unauthorized", "credentials that the management cluster accepts"],
    ["cloud", "forbidden", "the right to list nodes on the cloud"],
    ["cloud", "not-given", "`--openstack-cloud NAME`"],
  ] as const)("says of the view %s, when %s, where", (view, reason, text) => {
    expect(resolveText({ ...probe([nodes]), view } as unknown as AnyProbe, reason)).toBe(text);
  });

  it("lets a probe know better, and has words for every reason", () => {
    expect(resolveText(probe([], { "not-served": "Kubernetes 1.36 or newer" }), "not-served")).toBe(
      "Kubernetes 1.36 or newer",
    );
    expect(resolveText(probe([]), "timeout")).toBe("an API server that answers in time");
    expect(resolveText(probe([]), "tier-not-allowed")).toBe("tier system");
    for (const reason of unavailableReasons) {
      expect(resolveText(probe([nodes]), reason)).toMatch(/^[a-zA-Z].*[a-z]$/);
      expect(unavailableText(reason, "")).toMatch(/^[a-zA-Z].*[a-z]$/);
    }
  });
});

describe("unavailableText", () => {
  it.each([
    ['the API server answered 403: User "eve" cannot list nodes', "the API server answered 403"],
    ["TLS with the API server failed (ERR_SSL_X)", "TLS with the API server failed (ERR_SSL_X)"],
    ["the API server's certificate has expired", "the API server's certificate has expired"],
    ['refused "https://10.0.0.1" twice', "refused"],
    ["\u001b[31mred\u202e", "[31mred"],
    [": only theirs", "the cluster has no such object"],
  ])("%j", (message, text) => {
    expect(unavailableText("not-found", message)).toBe(text);
  });
});

describe("createRedactor", () => {
  const { pseudonym } = createRedactor(Buffer.from("salt"));

  it("keeps equality within a kind and a salt, and nothing else", () => {
    expect(pseudonym("address", "10.0.0.1")).toMatch(/^address-[0-9a-f]{16}$/);
    expect(pseudonym("address", "10.0.0.1")).toBe(pseudonym("address", "10.0.0.1"));
    expect(pseudonym("address", "10.0.0.2")).not.toBe(pseudonym("address", "10.0.0.1"));
    expect(pseudonym("name", "10.0.0.1").slice(-16)).not.toBe(pseudonym("address", "10.0.0.1").slice(-16));
    expect(createRedactor(Buffer.from("pepper")).pseudonym("name", "x")).not.toBe(pseudonym("name", "x"));
  });
});
