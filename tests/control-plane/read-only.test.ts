/** Nothing is created, nothing is changed: by our own log, by the API server's audit log, and by what it holds. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ControlPlane } from "../../testbed/control-plane.ts";
import { kubeadmLike } from "../../testbed/variants.ts";
import { allObjects } from "../support/all-objects.ts";
import { checkCluster } from "../support/cluster-check.ts";
import { killComponent } from "../support/kill-component.ts";
import { missedIn } from "../support/missed-facts.ts";
import { startTcpForwarder } from "../support/tcp-forwarder.ts";

interface AuditEvent {
  readonly verb: string;
  readonly requestURI: string;
  readonly userAgent?: string;
  readonly user: { readonly username: string };
  readonly responseStatus?: { readonly code: number };
}

const policy = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules: [{level: Metadata}]
`;

describe.skipIf(process.env.SCS_SKIP_CONTROL_PLANE === "1")("a run on an audited API server", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "audit-"));
  const log = path.join(folder, "audit.log");
  let cluster: ControlPlane;

  beforeAll(async () => {
    const policyFile = path.join(folder, "policy.yaml");
    writeFileSync(policyFile, policy);
    const extraFlags = [`--audit-policy-file=${policyFile}`, `--audit-log-path=${log}`];
    cluster = await kubeadmLike({ controlPlanes: 1, workers: 2, controlPlane: { apiServers: [{ extraFlags }] } });
    // Without controllers nobody but the caller changes anything.
    for (const name of ["kube-controller-manager", "kube-scheduler"]) await killComponent(cluster, name);
  });
  afterAll(async () => {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const userOf = (name: string, url?: string) => cluster.kubeconfig({ name, groups: ["kubeadm:cluster-admins"] }, url);
  const auditOf = (name: string): readonly AuditEvent[] => {
    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    return lines.map((line) => JSON.parse(line) as AuditEvent).filter(({ user }) => user.username === name);
  };

  it("leaves every object as it was", async () => {
    const before = await allObjects(cluster.api);
    expect(before.size).toBeGreaterThan(150);
    await checkCluster(await userOf("looker"));
    expect(Object.fromEntries(await allObjects(cluster.api))).toEqual(Object.fromEntries(before));
  });

  it("is seen by the audit log exactly as its own log tells: GET and LIST, as nobody else", async () => {
    const { gathering } = await checkCluster(await userOf("audited"));
    const audited = auditOf("audited");
    expect(new Set(audited.map(({ verb }) => verb))).toEqual(new Set(["get", "list"]));
    expect(new Set(gathering.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
    const ours = gathering.requests.map(({ path: asked, status }) => `${status} ${asked}`);
    const theirs = audited.map(({ requestURI, responseStatus }) => `${responseStatus?.code} ${requestURI}`);
    expect(theirs.sort()).toEqual(ours.sort());
    for (const { requestURI, userAgent } of audited) {
      expect(requestURI).not.toMatch(/resourceVersion=0|secrets|[?&]watch/);
      expect(userAgent).toMatch(/^scs-conformance/);
    }
    for (const { requestURI } of audited.filter(({ verb }) => verb === "list"))
      expect(requestURI).toMatch(/[?&]limit=/);
  });

  it("stays within the budget of requests and connections", async () => {
    const forwarder = await startTcpForwarder(Number(new URL(cluster.url).port));
    const { gathering } = await checkCluster(await userOf("counted", forwarder.url));
    // facts of a higher tier, or of a view that nobody gave, are not asked for
    expect(missedIn(gathering)).toEqual([]);
    expect(gathering.requests.length).toBeLessThanOrEqual(80);
    // one more, after the others, only looks at the certificate
    expect(forwarder.most).toBeLessThanOrEqual(4);
    expect(forwarder.accepted).toBeLessThanOrEqual(5);
  });
});
