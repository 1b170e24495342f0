import { describeCheck } from "../../tests/support/check-table.ts";
import { path, paths } from "../../tests/support/facts.ts";
import { clusterDns } from "./cluster-dns.ts";

const given = (...given: Parameters<typeof paths>) => ({ facts: { "kube/data-path": paths(...given) } });
const dead = (written: "service" | "kubernetes.default") => ({ written, resolved: false, answer: "no-name" }) as const;

describeCheck(
  clusterDns,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "every name",
      ...given([path("pod"), path("headless-name"), path("headless-name", { family: "IPv6" })]),
      outcome: "pass",
      observed: { names: 4, resolved: 4 },
    },
    {
      name: "a name that is resolved and leads nowhere",
      ...given([path("pod"), path("headless-name", { answer: "timeout" })]),
      outcome: "pass",
    },
    {
      name: "no search domains",
      ...given([path("pod")], { names: [dead("service"), dead("kubernetes.default")], searchDomains: 0 }),
      outcome: "fail",
      findings: ["name-not-resolved", "name-not-resolved"],
    },
    {
      name: "no AAAA records",
      ...given([path("pod"), path("headless-name", { family: "IPv6", answer: "no-name" })]),
      outcome: "fail",
      because: /headless over IPv6$/,
    },
    {
      name: "pods that may not talk to anybody",
      ...given([path("pod", { answer: "timeout" })], { names: [dead("service")] }),
      outcome: "undetermined",
    },
    {
      name: "Services are refused",
      ...given([path("pod")], { names: [{ written: "kubernetes.default", resolved: true, answer: "allowed" }] }),
      outcome: "undetermined",
      missing: ["a Service of the run"],
    },
    { name: "no pods", ...given([], { hindrance: { by: "quota", said: "pods" } }), outcome: "undetermined" },
  ],
);
