import { describeCheck } from "../../tests/support/check-table.ts";
import { dialled, dialledPorts } from "../../tests/support/running-facts.ts";
import { portsClosed } from "./ports-closed.ts";

const external = { type: "ExternalIP", scope: "global" } as const;
const everything = [2379, 2380, 2381, 6443, 10_249, 10_250, 10_255, 10_256, 10_257, 10_259];

describeCheck(
  portsClosed,
  ["fail", "undetermined"],
  [
    {
      name: "a kubelet open at a global address, no sign of being inside: named, and no failure",
      facts: {
        "kube/dialled-ports": dialledPorts(
          dialled("a", { ...external, open: [6443, 10_250], silent: [2379] }),
          dialled("b", { ...external, family: "IPv6", open: [10_250, 10_256] }),
          dialled("a", { silent: [10_250] }),
        ),
      },
      outcome: "undetermined",
      findings: ["port-open-from-here", "port-open-from-here", "port-open-from-here"],
      because: /global addresses of a, b; whether this ran outside their network does not show$/,
      missing: ["a declaration"],
      observed: {
        nodes: 2,
        global: { addresses: 2, open: [6443, 10_250, 10_256], silent: 1 },
        private: { addresses: 1, open: [], silent: 1 },
        signsOfInside: [],
      },
    },
    {
      name: "the same by a scope whose runs are made outside",
      facts: { "kube/dialled-ports": dialledPorts(dialled("a", { ...external, open: [6443, 10_250] })) },
      parameters: { runsFromOutside: true },
      outcome: "fail",
      findings: ["port-open-from-here"],
      because: /global addresses of a, and the scope's runs are made outside their network$/,
    },
    {
      name: "and yet a sign of being inside: no failure, whatever the scope says",
      facts: { "kube/dialled-ports": dialledPorts(dialled("a", { ...external, open: everything }), ["own-network"]) },
      parameters: { runsFromOutside: true },
      outcome: "undetermined",
      findings: [],
    },
    {
      name: "nothing but the API server open there: no pass from one place, whatever the scope says",
      facts: { "kube/dialled-ports": dialledPorts(dialled("a", { ...external, open: [6443], silent: [10_250] })) },
      parameters: { runsFromOutside: true },
      outcome: "undetermined",
      findings: [],
    },
    {
      name: "an open port at a private address is nothing that strangers reach",
      facts: { "kube/dialled-ports": dialledPorts(dialled("a", { open: everything })) },
      parameters: { runsFromOutside: true },
      outcome: "undetermined",
      findings: [],
    },
    ...(["own-address", "own-network", "pod-range", "private-endpoint"] as const).map((sign) => ({
      name: `the same with the sign ${sign}: what answers inside is no finding`,
      facts: { "kube/dialled-ports": dialledPorts(dialled("a", { ...external, open: everything }), [sign]) },
      outcome: "undetermined" as const,
      findings: [],
      because: /reaches the nodes' own network/,
      observed: { signsOfInside: [sign], global: { open: everything } },
    })),
    ...(["open", "refused"] as const).map((answer) => ({
      name: `the same where a private address answers (${answer}): a way inside`,
      facts: {
        "kube/dialled-ports": dialledPorts(
          dialled("a", { ...external, open: [10_250] }),
          dialled("a", { [answer]: [10_250] }),
        ),
      },
      outcome: "undetermined" as const,
      findings: [],
      because: /reaches the nodes' own network/,
      observed: { signsOfInside: ["private-address-answered"] },
    })),
    {
      name: "the API server alone answers: no pass from one place",
      facts: {
        "kube/dialled-ports": dialledPorts(dialled("a", { ...external, open: [6443], silent: [10_250, 2379] })),
      },
      outcome: "undetermined",
      findings: [],
      because: /^No port of Kubernetes but the API server's answers here at a global address/,
    },
    {
      name: "a machine that is there refuses: no pass either",
      facts: { "kube/dialled-ports": dialledPorts(dialled("a", { ...external, refused: everything })) },
      outcome: "undetermined",
      findings: [],
      because: /does not speak for other places$/,
    },
    {
      name: "a NodePort is meant for everybody",
      facts: { "kube/dialled-ports": dialledPorts(dialled("a", { ...external, open: [30_000, 32_767] })) },
      outcome: "undetermined",
      findings: [],
    },
    {
      name: "nothing answers at a global address",
      facts: {
        "kube/dialled-ports": dialledPorts(
          dialled("a", { ...external, silent: [10_250] }),
          dialled("b", { ...external, noRoute: [10_250] }),
          dialled("c", { ...external, notTried: [10_250] }),
        ),
      },
      outcome: "undetermined",
      findings: [],
      because: /^Nothing answers here at a global address, be it filtered or not reached/,
      observed: { global: { addresses: 3, silent: 1, noRoute: 1, notTried: 1 } },
    },
    {
      name: "nodes with private addresses alone",
      facts: { "kube/dialled-ports": dialledPorts(dialled("a", { silent: [10_250] })) },
      outcome: "undetermined",
      findings: [],
      because: /^1 node dialled, none with a global address/,
    },
  ],
);
