/** Which ways are tried from the client, and by which names. */
import type { DataPathFact } from "../../model/facts/network-paths.ts";
import type { Attempt } from "../acting/attempts.ts";
import type { Resolver } from "../acting/resolver.ts";
import type { RunningPod } from "../acting/server-pods.ts";
import { familyOf } from "../address-family.ts";
import { type Made, servicePort } from "./services.ts";

type Path = Omit<DataPathFact["paths"][number], "answer">;
type Name = Omit<DataPathFact["names"][number], "answer" | "resolved">;

export interface Way<T> {
  readonly about: T;
  readonly attempt: Attempt;
}

export interface Standing {
  readonly client: RunningPod;
  /** Wanted on the client's node, and on another. */
  readonly servers: readonly RunningPod[];
  /** The pod behind the Services. */
  readonly backend: RunningPod;
  readonly made: Made;
}

const seconds = 3;
const tcpAndUdp = ["TCP", "UDP"] as const;

export function pathsFrom({ client, servers, backend, made }: Standing): readonly Way<Path>[] {
  const placement = (server: RunningPod) => (server.node === client.node ? "same-node" : "other-node");
  const way = (
    to: Path["to"],
    server: RunningPod,
    host: string,
    { port = servicePort, protocol = "TCP", family = familyOf(host) }: Partial<Attempt & Pick<Path, "family">> = {},
  ): readonly Way<Path>[] =>
    family === undefined
      ? []
      : [{ about: { to, family, protocol, placement: placement(server) }, attempt: { host, port, protocol, seconds } }];
  const nodePort = made.nodePort?.nodePort;
  return [
    ...servers.flatMap((server) =>
      server.addresses.flatMap((host) => tcpAndUdp.flatMap((protocol) => way("pod", server, host, { protocol }))),
    ),
    ...(made.cluster?.addresses ?? []).flatMap((host) =>
      tcpAndUdp.flatMap((protocol) => way("service", backend, host, { protocol })),
    ),
    ...made.headless
      // a name of a family that the pod has no address of leads nowhere
      .filter(({ family }) => backend.addresses.some((address) => familyOf(address) === family))
      .flatMap(({ name, family }) => way("headless-name", backend, name, { family })),
    ...(nodePort === undefined ? [] : client.nodeAddresses)
      .filter((host) => made.nodePort?.addresses.some((address) => familyOf(address) === familyOf(host)))
      .flatMap((host) => way("node-port", backend, host, { port: nodePort ?? 0 })),
  ];
}

export function namesFrom({ client, made }: Standing, resolver: Resolver | undefined): readonly Way<Name>[] {
  const way = (written: Name["written"], host: string, port = servicePort): Way<Name> => ({
    about: { written },
    attempt: { host, port, protocol: "TCP", seconds },
  });
  const service = made.cluster?.name;
  const { namespace } = client;
  return [
    ...(service === undefined
      ? []
      : [
          way("service", service),
          way("service.namespace", `${service}.${namespace}`),
          way("service.namespace.svc", `${service}.${namespace}.svc`),
          ...(resolver ? [way("full", `${service}.${namespace}.svc.${resolver.clusterDomain}.`)] : []),
        ]),
    way("kubernetes.default", "kubernetes.default", 443),
  ];
}
