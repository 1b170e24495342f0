/** Traps that other tools walked into, each as the whole job on loopback; more of them stand beside the part they concern. */
import { createHook } from "node:async_hooks";
import { describe, expect, it, onTestFinished } from "vitest";
import { exitCodeOf } from "../../src/app/exit.ts";
import { digestOf } from "../../src/model/digest.ts";
import type { Outcome } from "../../src/model/vocabulary.ts";
import { probes } from "../../src/probes/index.ts";
import { checkCluster } from "../support/cluster-check.ts";
import { results, suite } from "../support/conformance.ts";
import { checkedOn, withoutRights } from "../support/expected-outcomes.ts";
import { gatherFrom, paths, served } from "../support/gathering.ts";
import { forbidden, kubernetesRoutes } from "../support/kubernetes-routes.ts";
import { type LoopbackHandler, type LoopbackServer, startLoopbackServer } from "../support/loopback-server.ts";
import { anyCluster, leases, node, readyz, staticPod, storageClass } from "../support/stories/objects.ts";

const since = "2026-01-01T00:00:00Z";
const controlPlane = node(
  "cp-1",
  since,
  { "node-role.kubernetes.io/control-plane": "" },
  { kubeletVersion: "v1.37.2" },
);
const apiServer = (command: readonly string[], args: readonly string[] = []) => {
  const pod = staticPod("kube-apiserver", "cp-1", since, command) as {
    readonly spec: { readonly containers: object[] };
  };
  return { ...pod, spec: { ...pod.spec, containers: pod.spec.containers.map((one) => ({ ...one, args })) } };
};

/** One control-plane node whose API server answers and is alive now. */
const objects = (version = "v1.37.2", pod: object = apiServer(["kube-apiserver"])) => ({
  ...anyCluster(version, since),
  ...readyz(),
  ...leases(new Date().toISOString(), ["cp-1"]),
  [paths.nodes]: [controlPlane],
  [paths.pods]: [pod],
  [paths.storageClasses]: [storageClass("standard", since, "cinder.csi.openstack.org")],
  [paths.priorityLevels]: [],
});

async function server(handler: LoopbackHandler = kubernetesRoutes(objects())): Promise<LoopbackServer> {
  const started = await startLoopbackServer(handler);
  onTestFinished(() => started.close());
  return started;
}

describe("a live internet in a check", () => {
  it("is never asked: no name is looked up, and every connection goes to the kubeconfig's server", async () => {
    const { kubeconfigFile, port } = await server();
    const asked: string[] = [];
    const connects: { readonly address?: string; readonly port?: number }[] = [];
    const hook = createHook({
      init: (_, type, __, resource) => {
        if (/^(GETADDRINFO|GETNAMEINFO|QUERY|UDP|PIPECONNECT)/.test(type)) asked.push(type);
        if (type === "TCPCONNECTWRAP") connects.push(resource);
      },
    }).enable();
    await checkCluster(kubeconfigFile).finally(() => hook.disable());
    asked.push(...connects.map(({ address, port: to }) => `${address}:${to}`));
    expect(new Set(asked)).toEqual(new Set([`127.0.0.1:${port}`]));
  });
});

describe("fewer rights and a better score", () => {
  it("cannot be: without rights nothing passes but the public version, and no format knows a score", async () => {
    const { kubeconfigFile } = await server(({ url }) =>
      url.pathname === paths.version ? { body: served("v1.37.2") } : forbidden(),
    );
    const { outcomes, run } = await checkCluster(kubeconfigFile);
    expect(outcomes).toEqual(withoutRights);
    expect(exitCodeOf(run.report, { gate: "binding", strict: false })).toBe(2);
    expect(run.text).not.toMatch(/score|grade|\d ?%/i);
  });
});

describe("lists", () => {
  it("are read in pages, never from the watch cache with resourceVersion=0, never watched", async () => {
    const { kubeconfigFile, requests } = await server();
    await checkCluster(kubeconfigFile);
    const listed = requests.filter(({ path }) =>
      /\/(nodes|pods|leases|events|\w+classes|\w+definitions)(\?|$)/.test(path),
    );
    expect(listed.length).toBeGreaterThan(6);
    expect(listed.filter(({ path }) => !/[?&]limit=[1-9]/.test(path))).toEqual([]);
    expect(requests.filter(({ path }) => /resourceVersion=0\b|[?&]watch|secrets/.test(path))).toEqual([]);
  });

  it("count pods that carry a workload's label but have no owner", async () => {
    const pod = (name: string, owners: object[]) => ({
      metadata: { name, labels: { "pod-template-hash": "5d4f8c7b9", app: "web" }, ownerReferences: owners },
      status: { phase: "Running" },
    });
    const owner = { kind: "ReplicaSet", name: "web-5d4f8c7b9", controller: true };
    const pods = [pod("web-5d4f8c7b9-aaaaa", [owner]), pod("web-5d4f8c7b9-bbbbb", [])];
    const { value } = await gatherFrom(kubernetesRoutes({ ...objects(), [paths.pods]: pods }), ["kube/system-pods"]);
    const { workloads } = value("kube/system-pods");
    expect(workloads.map(({ ownerKind, name, pods: count }) => [ownerKind, name, count])).toEqual([
      ["ReplicaSet", "web", 1],
      ["none", "web", 1],
    ]);
  });
});

describe("flags of the API server", () => {
  const configured = "--admission-control-config-file=/etc/kubernetes/admission.yaml";
  const plugins = (names: string) => [`--enable-admission-plugins=${names}`, configured];
  const rule = "scs-0215-v1/event-rate-limit";
  it.each<[string, object, Outcome]>([
    ["first in the list", apiServer(["kube-apiserver", ...plugins("EventRateLimit,NodeRestriction")]), "pass"],
    [
      "last in the list",
      apiServer(["kube-apiserver", ...plugins("PodSecurity,NodeRestriction,EventRateLimit")]),
      "pass",
    ],
    ["in args, not in command", apiServer(["kube-apiserver"], plugins("NodeRestriction,EventRateLimit")), "pass"],
    [
      "name apart from value",
      apiServer(["kube-apiserver", "--enable-admission-plugins", "EventRateLimit", configured]),
      "pass",
    ],
    ["by its whole path", apiServer(["/usr/local/bin/kube-apiserver", ...plugins("EventRateLimit")]), "pass"],
    [
      "given twice",
      apiServer(["kube-apiserver", "--enable-admission-plugins=A", ...plugins("EventRateLimit")]),
      "pass",
    ],
    ["a longer name", apiServer(["kube-apiserver", ...plugins("NodeRestriction,MyEventRateLimit")]), "fail"],
    [
      "on and off again",
      apiServer(["kube-apiserver", ...plugins("EventRateLimit"), "--disable-admission-plugins=EventRateLimit"]),
      "fail",
    ],
  ])("EventRateLimit %s", async (_, pod, outcome) => {
    const { kubeconfigFile } = await server(kubernetesRoutes(objects("v1.37.2", pod)));
    const { outcomes } = await checkCluster(kubeconfigFile, { selection: { only: [rule] } });
    expect(outcomes).toEqual({ [rule]: outcome });
  });
});

describe("a selection that matches nothing", () => {
  it.each(["version-policy-chekc", "scs-0241-*", ""])("%j is a wrong call before the first request", async (only) => {
    const { kubeconfigFile, requests } = await server();
    await expect(checkCluster(kubeconfigFile, { selection: { only: [only] } })).rejects.toThrow(/^Nothing is called/);
    expect(requests).toEqual([]);
  });
});

describe("the end of the table of releases", () => {
  const late = "2027-03-01T00:00:00Z";
  it.each<[version: string, at: string, patch: Outcome, branch: Outcome]>([
    ["v1.37.2", checkedOn, "pass", "pass"],
    ["v1.38.0", checkedOn, "undetermined", "undetermined"],
    ["v1.99.0", checkedOn, "undetermined", "undetermined"],
    ["v1.37.2", late, "undetermined", "undetermined"],
    ["v1.38.1", late, "undetermined", "undetermined"],
    ["v1.31.5", checkedOn, "fail", "fail"],
    ["v1.31.5", late, "fail", "fail"],
    ["v1.20.15", late, "fail", "fail"],
  ])("%s, looked at on %s: patch %s, branch %s", async (version, at, patch, branch) => {
    const { kubeconfigFile } = await server(kubernetesRoutes(objects(version)));
    const only = ["scs-0210-v2/patch-recency", "scs-0210-v2/unsupported-branch"];
    const { outcomes } = await checkCluster(kubeconfigFile, { selection: { only }, at });
    expect(Object.values(outcomes)).toEqual([patch, branch]);
  });
});

describe("no test executed", () => {
  it.each<[string, object]>([
    ["nothing ran", results({ ...suite({ passed: 0 }), executed: 0 })],
    ["the list is empty", results({ ...suite({ required: 0, passed: 0 }), executed: 0 })],
    ["a dry run", results(suite(), { dryRun: true })],
  ])("is never a pass: %s", async (_, given) => {
    const value = { ...given, kubernetesVersion: "v1.36.3" };
    const { kubeconfigFile } = await server(kubernetesRoutes(objects("v1.36.3")));
    const { outcomes, run } = await checkCluster(kubeconfigFile, {
      inputs: { conformanceResults: { at: "2026-11-22T10:00:00Z", sha256: digestOf(value), value } },
      selection: { only: ["cncf-k8s-conformance"] },
    });
    expect(Object.values(outcomes)).toEqual(["undetermined"]);
    expect(exitCodeOf(run.report, { gate: "binding", strict: false })).toBe(2);
  });
});

describe("what a run needs", () => {
  it("is never a Secret, and never a verb that changes anything", () => {
    const rights = probes.flatMap((probe) => (probe.tier === "observe" ? probe.rights : []));
    expect(rights.length).toBeGreaterThan(10);
    expect(rights.filter(({ verb }) => !["get", "list", "watch"].includes(verb))).toEqual([]);
    expect(rights.filter((right) => right.kind === "resource" && right.resource === "secrets")).toEqual([]);
    expect(JSON.stringify(rights)).not.toContain('"*"');
  });
});
