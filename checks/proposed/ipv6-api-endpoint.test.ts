import type { FactValues } from "../../src/model/facts/index.ts";
import { describeCheck } from "../../tests/support/check-table.ts";
import { ipv6ApiEndpoint } from "./ipv6-api-endpoint.ts";

type Endpoint = FactValues["kube/api-endpoint"];

const address = (family: "IPv4" | "IPv6", scope: "global" | "private" | "loopback" | "link-local" = "global") => ({
  family,
  scope,
});
const four = { family: "IPv4", trusted: true } as const;
const six = { family: "IPv6", trusted: true } as const;

/** Looked at from a machine with both, by a name with both, unless told otherwise. */
const endpoint = (given: Partial<Endpoint> = {}) => ({
  facts: {
    "kube/api-endpoint": {
      written: "name" as const,
      proxied: false,
      addresses: [address("IPv4"), address("IPv6")],
      runner: ["IPv4" as const, "IPv6" as const],
      handshakes: [four, six],
      ...given,
    },
  },
});
const here = ["a place that has IPv6"];

describeCheck(
  ipv6ApiEndpoint,
  ["pass", "fail", "undetermined"],
  [
    { name: "both", ...endpoint(), outcome: "pass" },
    {
      name: "by a unique local address",
      ...endpoint({ written: "IPv6", addresses: [address("IPv6", "private")], handshakes: [six] }),
      outcome: "pass",
    },
    {
      name: "no AAAA record",
      ...endpoint({ addresses: [address("IPv4")], handshakes: [four, { family: "IPv6", reason: "not-found" }] }),
      outcome: "fail",
      findings: ["no-ipv6-address"],
    },
    {
      name: "a record that leads to somebody else",
      ...endpoint({ handshakes: [four, { family: "IPv6", trusted: false }] }),
      outcome: "fail",
      findings: ["certificate-not-valid-over-ipv6"],
    },
    {
      name: "a certificate that this kubeconfig trusts over neither",
      ...endpoint({
        handshakes: [
          { family: "IPv4", trusted: false },
          { family: "IPv6", trusted: false },
        ],
      }),
      outcome: "undetermined",
    },
    {
      name: "this machine has no IPv6: nothing is said against the provider",
      ...endpoint({ runner: ["IPv4"], addresses: [address("IPv4")], handshakes: [four] }),
      outcome: "undetermined",
      because: /^Not testable from here/,
      findings: [],
      missing: here,
    },
    {
      name: "nor when there is a record that it cannot follow",
      ...endpoint({ runner: ["IPv4"], handshakes: [four, { family: "IPv6", reason: "unreachable" }] }),
      outcome: "undetermined",
      findings: [],
      missing: here,
    },
    {
      name: "a record that leads nowhere from here",
      ...endpoint({ handshakes: [four, { family: "IPv6", reason: "timeout" }] }),
      outcome: "undetermined",
      because: /\(timeout\)$/,
      findings: [],
    },
    {
      name: "an IPv4 address in the kubeconfig",
      ...endpoint({ written: "IPv4", addresses: [address("IPv4")], handshakes: [four] }),
      outcome: "undetermined",
      missing: ["a kubeconfig that names the endpoint by its name"],
    },
    {
      name: "a proxy",
      ...endpoint({ proxied: true, addresses: [], handshakes: [] }),
      outcome: "undetermined",
      missing: ["a direct way to the endpoint"],
    },
    {
      name: "a name that nobody knows here",
      ...endpoint({ addresses: [], handshakes: [] }),
      outcome: "undetermined",
      missing: ["a resolver that knows the name"],
    },
    {
      name: "this machine itself, as a test cluster or a tunnel has it",
      ...endpoint({ addresses: [address("IPv4", "loopback"), address("IPv6", "loopback")] }),
      outcome: "undetermined",
      missing: ["the endpoint that clients use"],
    },
  ],
);
