import { describe, expect, it } from "vitest";
import { claimHindrance, keptWords, podHindrance, refusedBy } from "./hindrance.ts";

describe("words of a cluster", () => {
  it.each([
    ['pods "x" is forbidden: User "jane@example.org" cannot', 'pods "..." is forbidden: User "..." cannot'],
    ['an open quote: "secret', 'an open quote: "..."'],
    ["Post https://10.0.0.1:8776/v3/abc/volumes: refused", "Post ... refused"],
    ["dial tcp 10.0.0.1:8776: refused", "dial tcp ...: refused"],
    ["dial tcp [fd00:1::7]:8776: refused", "dial tcp [...]... refused"],
    ["had untolerated taint {team: secret}", "had untolerated taint {team}"],
    ["token eyJhbGciOiJSUzI1NiIsImtpZCI6IiJ9.e30.x here", "token ... here"],
    ["volume 5f4f0f3c-0000-4000-8000-000000000000 is busy", "volume ... is busy"],
    ["ask jane@example.org", "ask ..."],
    ["\u001b[31mred\u0000\u202e", "[31mred"],
    ["a".repeat(23), "a".repeat(23)],
  ])("%j become %j", (text, kept) => {
    expect(keptWords(text)).toBe(kept);
  });

  it("are cut", () => {
    expect(keptWords("no room ".repeat(100_000)).length).toBeLessThanOrEqual(240);
  });
});

describe("what kept a pod", () => {
  const status = (state: object, more: object = {}) => ({
    spec: { nodeName: "n1" },
    status: { phase: "Pending", containerStatuses: [{ state }], ...more },
  });
  it.each<readonly [string, unknown, readonly string[], string]>([
    ["an image that is not there", status({ waiting: { reason: "ErrImageNeverPull", message: "x" } }), [], "image"],
    ["no user", status({ waiting: { reason: "CreateContainerConfigError" } }), [], "container"],
    ["an attachment", status({ waiting: { reason: "ContainerCreating" } }), ["FailedAttachVolume: busy"], "mount"],
    ["nothing that was said", status({ waiting: { reason: "ContainerCreating" } }), [], "timeout"],
    ["its command", status({ terminated: { message: "Permission denied" } }, { phase: "Failed" }), [], "container"],
    [
      "a node that is full",
      { spec: {}, status: { conditions: [{ type: "PodScheduled", message: "0/1" }] } },
      [],
      "unschedulable",
    ],
    [
      "its volume, in the words of older schedulers",
      { status: { conditions: [{ type: "PodScheduled", message: "2 node(s) had volume node affinity conflict" }] } },
      [],
      "volume-affinity",
    ],
    ["an answer that is no pod", 7, [], "timeout"],
  ])("%s", (_, pod, events, by) => {
    expect(podHindrance(pod, events).by).toBe(by);
  });
});

describe("who refused", () => {
  it.each([
    [403, "exceeded quota: q", "quota"],
    [403, "failed quota: q: must specify limits.cpu", "quota"],
    [403, "maximum cpu usage per Container is 5m, but limit is 200m", "limit-range"],
    [403, 'violates PodSecurity "restricted:latest"', "pod-security"],
    [403, "denied by a webhook", "policy"],
    [422, "ValidatingAdmissionPolicy 'x' denied request", "policy"],
    [422, "spec: Invalid value", "other"],
    [409, "already exists", "other"],
  ])("%i %s", (code, message, by) => {
    expect(refusedBy({ status: code, body: { message } }).by).toBe(by);
  });
});

describe("what kept a claim", () => {
  it("is the last that was said beside that it waits for a pod", () => {
    const waits = "WaitForFirstConsumer: waiting for first consumer to be created before binding";
    expect(claimHindrance([waits])).toEqual({ by: "timeout", said: "" });
    expect(claimHindrance(["ProvisioningFailed: no host", waits])).toEqual({
      by: "provisioning",
      said: "ProvisioningFailed: no host",
    });
  });
});
