import { expect, test } from "vitest";
import { loadOkToFail } from "./ok-to-fail.ts";
import { loadCatalogue } from "./standards.ts";

const tolerated = (name: string) =>
  loadOkToFail()
    .filter(({ regex }) => new RegExp(regex).test(name))
    .map(({ id }) => id);

const client = "NetworkPolicy between server and client";

test.each([
  [
    "[sig-network] HostPort validates that there is no conflict between pods with same hostPort but different hostIP and protocol [LinuxOnly] [Conformance]",
    ["host-port-no-conflict"],
  ],
  [
    "[sig-network] Services should be able to switch session affinity for NodePort service [LinuxOnly] [Conformance]",
    ["node-port-switch-session-affinity"],
  ],
  [
    "[It] [sig-network] Services should have session affinity work for NodePort service [LinuxOnly] [Conformance]",
    ["node-port-session-affinity"],
  ],
  [
    "[sig-scheduling] SchedulerPredicates [Serial] validates that there exists conflict between pods with same hostPort and protocol but one using 0.0.0.0 hostIP [Conformance]",
    ["host-port-conflict-any-address"],
  ],
  [
    "[sig-scheduling] SchedulerPredicates validates that there exists conflict between pods with same hostPort and protocol but one using 0.0.0.0 hostIP [Conformance] [Serial]",
    ["host-port-conflict-any-address"],
  ],
  [
    `[sig-network] Netpol ${client} should allow ingress access from updated namespace [Feature:NetworkPolicy]`,
    ["ingress-from-updated-namespace"],
  ],
  [
    "[sig-network] Netpol [Feature:SCTPConnectivity] [LinuxOnly] NetworkPolicy between server and client using SCTP should enforce policy based on Ports [Feature:NetworkPolicy]",
    ["sctp"],
  ],
  [
    `[sig-network] Netpol ${client} should allow egress access to server in CIDR block [Feature:NetworkPolicy]`,
    ["egress-to-cidr-block"],
  ],
  [
    `[sig-network] Netpol [LinuxOnly] ${client} should allow egress access to server in CIDR block [Feature:NetworkPolicy]`,
    ["egress-to-cidr-block"],
  ],
  [
    `[sig-network] Netpol ${client} should ensure an IP overlapping both IPBlock.CIDR and IPBlock.Except is allowed [Feature:NetworkPolicy]`,
    ["overlapping-ip-block"],
  ],
  [
    `[sig-network] Netpol ${client} should enforce except clause while egress access to server in CIDR block [Feature:NetworkPolicy]`,
    ["egress-except-clause"],
  ],
  [`[sig-network] Netpol ${client} should allow ingress access from updated pod [Feature:NetworkPolicy]`, []],
  [
    `[sig-network] Netpol ${client} should allow ingress access from updated namespaces and pods [Feature:NetworkPolicy]`,
    [],
  ],
  ["[sig-network] Services should have session affinity work for NodePort service with timeout [LinuxOnly]", []],
  [
    "[sig-network] Services should have session affinity work for service with type clusterIP [LinuxOnly] [Conformance]",
    [],
  ],
])("%s", (name, ids) => {
  expect(tolerated(name)).toEqual(ids);
});

test("every expression has a reason and an end that a longer name does not pass", () => {
  expect(loadOkToFail()).toHaveLength(9);
  for (const { regex, reason } of loadOkToFail()) {
    expect(regex).toMatch(/^\^.*\( \\\[\|\$\)$|^\\\[Feature:SCTPConnectivity\\\]$/);
    expect(reason).toMatch(/https:|optional/);
  }
});

test("the list is the parameter of the requirements whose checks read results", () => {
  const given = loadCatalogue().standards.flatMap(({ id, requirements }) =>
    requirements.flatMap((requirement) =>
      requirement.statements.flatMap(({ from, parameters }) =>
        parameters?.okToFail === undefined ? [] : [[`${id}/${requirement.id}`, from, parameters.okToFail]],
      ),
    ),
  );
  const list = loadOkToFail().map(({ regex, reason }) => ({ pattern: regex, reason }));
  expect(given).toEqual([
    ["scs-0201-v1/conformance-suite", "2026-04-24", list],
    ["scs-0219-v1/network-policy", "2026-04-21", list],
    ["scs-0219-v2/network-policy", "2026-06-05", list],
  ]);
});
