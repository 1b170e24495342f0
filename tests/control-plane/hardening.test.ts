/** Hardening on real API servers that lack it: each gap is found by the flags, and without them by what the server shows. */
import { afterEach, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import type { Outcome } from "../../src/model/vocabulary.ts";
import type { ControlPlane } from "../../testbed/control-plane.ts";
import type { ApiServerOptions } from "../../testbed/options.ts";
import { bare, kubeadmLike } from "../../testbed/variants.ts";
import { checkCluster } from "../support/cluster-check.ts";

let cluster: ControlPlane | undefined;
afterEach(async () => {
  await cluster?.stop();
  cluster = undefined;
});

const authorization = ["node-authorizer", "further-authorizer", "rbac"];
const everything = [...authorization, "node-restriction", "pod-security-admission"];

/** Outcomes of scs-0217 for the only API server of a cluster. */
async function outcomesOf(started: Promise<ControlPlane>): Promise<(...ids: readonly string[]) => readonly Outcome[]> {
  cluster = await started;
  const { result, gathering } = await checkCluster(await cluster.kubeconfig(), { selection: { only: ["scs-0217-*"] } });
  expect(gathering.requests.every(({ method }) => method === "GET")).toBe(true);
  return (...ids) => ids.map((id) => result(`scs-0217-v1/${id}`).outcome);
}

const visible = (server: ApiServerOptions) =>
  kubeadmLike({ controlPlanes: 1, workers: 0, conformant: false, controlPlane: { apiServers: [server] } });
const hidden = (server: ApiServerOptions) => bare({ apiServers: [server] });

const soft: ApiServerOptions = {
  extraFlags: [
    "--authorization-mode=AlwaysAllow",
    "--enable-admission-plugins=AlwaysPullImages",
    "--disable-admission-plugins=PodSecurity",
  ],
};

const skipped = process.env.SCS_SKIP_CONTROL_PLANE === "1";

describe.skipIf(skipped)("an API server that lets everything through", () => {
  it.each([
    ["by its flags", visible],
    ["by its flags in force and its metrics", hidden],
  ])("is found %s", async (_, start) => {
    const outcomes = await outcomesOf(start(soft));
    expect(outcomes(...everything)).toEqual(everything.map(() => "fail"));
    expect(outcomes("service-account-tokens", "two-authentication-methods")).toEqual(["pass", "pass"]);
  });
});

describe.skipIf(skipped)("an API server as it should be", () => {
  it("shows that without its flags as well", async () => {
    const outcomes = await outcomesOf(hidden({}));
    expect(outcomes(...everything)).toEqual(everything.map(() => "pass"));
    expect(outcomes("etcd-tls", "pod-security", "kubelet-anonymous")).toEqual(Array(3).fill("undetermined"));
  });

  it("without client certificates of etcd is found by etcd's flags", async () => {
    const etcdExtraFlags = ["--client-cert-auth=false"];
    const outcomes = await outcomesOf(kubeadmLike({ controlPlanes: 1, workers: 0, controlPlane: { etcdExtraFlags } }));
    expect(outcomes("etcd-tls", "etcd-client-certificates")).toEqual(["pass", "fail"]);
  });
});

describe.skipIf(skipped)("the scope of drafts on kubeadm's defaults", () => {
  it("passes every testcase of hardening, disproves none of it, and leaves the kubelets to a declaration", async () => {
    cluster = await kubeadmLike({ controlPlanes: 1, workers: 1, conformant: false });
    const { run } = await checkCluster(await cluster.kubeconfig(), { selection: { scope: "scs-kaas-drafts" } });
    const { testcases, attestations } = run.report;
    const hardening = testcases.filter(({ id }) => id.startsWith("scs-0217-"));
    expect(hardening.map(({ verdict }) => verdict)).toEqual(["PASS", "PASS", "PASS", "PASS"]);
    const of0217 = (ids: readonly string[]) => ids.filter((id) => id.startsWith("scs-0217-"));
    expect(of0217(attestations.disproved)).toEqual([]);
    expect(of0217(attestations.hidden)).toContain("scs-0217-v1/kubelet-anonymous");
  });
});

describe.skipIf(skipped)("a default level of pod security", () => {
  const admissionConfig = stringify({
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "AdmissionConfiguration",
    plugins: [
      {
        name: "PodSecurity",
        configuration: {
          apiVersion: "pod-security.admission.config.k8s.io/v1",
          kind: "PodSecurityConfiguration",
          defaults: { enforce: "baseline", "enforce-version": "latest" },
        },
      },
    ],
  });
  const pod = (name: string) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "default" },
    spec: { automountServiceAccountToken: false, containers: [{ name, image: "registry.invalid/none" }] },
  });
  const levels = ["pod-security", "pod-security-baseline", "pod-security-enforce"];

  it.each([
    ["shows itself by the first pod", { admissionConfig }, "pass"],
    ["is not there by default", {}, "undetermined"],
  ])("%s", async (_, server, outcome) => {
    const starting = hidden(server).then(async (started) => {
      await started.kubectl(["wait", "--for=create", "serviceaccount/default", "--timeout=30s"]);
      await started.apply(stringify(pod("one")));
      return started;
    });
    const outcomes = await outcomesOf(starting);
    expect(outcomes(...levels)).toEqual(levels.map(() => outcome));
  });
});
