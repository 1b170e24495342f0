/** Services of the run in front of one of its pods: what addresses, ports and names they got. */
import { isIP } from "node:net";
import type { ClusterActor } from "../../model/acting.ts";
import { type Reading, read } from "../../model/fact.ts";
import type { AddressFamily } from "../../model/facts/nodes.ts";
import type { JsonObject } from "../../model/json.ts";
import { isAccepted, lacksRight } from "../said.ts";
import { countAt, listAt, printable } from "../untrusted.ts";

export const servicePort = 8080;

export interface MadeService {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly nodePort: number | undefined;
}

export interface Made {
  /** Of both families where the cluster has both. */
  readonly cluster: MadeService | undefined;
  readonly nodePort: MadeService | undefined;
  /** Headless ones, each of one family. */
  readonly headless: readonly (MadeService & { readonly family: AddressFamily })[];
}

export const servicesPath = (namespace: string, name?: string): string =>
  `/api/v1/namespaces/${namespace}/services${name === undefined ? "" : `/${name}`}`;

/** One that is refused is left out: a family that the cluster has not, or a quota for node ports. */
export async function makeServices(act: ClusterActor, namespace: string, selector: JsonObject): Promise<Reading<Made>> {
  const make = (purpose: string, spec: JsonObject) => makeService(act, namespace, purpose, { selector, ...spec });
  const both = { ipFamilyPolicy: "PreferDualStack" };
  const cluster = await make("path-service", both);
  if (!cluster.ok) return cluster;
  const nodePort = await make("path-node-port", { ...both, type: "NodePort" });
  if (!nodePort.ok) return nodePort;
  const headless: (MadeService & { readonly family: AddressFamily })[] = [];
  for (const family of ["IPv4", "IPv6"] as const) {
    const one = { clusterIP: "None", ipFamilyPolicy: "SingleStack", ipFamilies: [family] };
    const made = await make(`path-headless-${family.toLowerCase()}`, one);
    if (!made.ok) return made;
    if (made.value) headless.push({ ...made.value, family });
  }
  return read({ cluster: cluster.value, nodePort: nodePort.value, headless });
}

async function makeService(
  act: ClusterActor,
  namespace: string,
  purpose: string,
  spec: JsonObject,
): Promise<Reading<MadeService | undefined>> {
  const name = act.name(purpose);
  const ports = (["TCP", "UDP"] as const).map((protocol) => ({
    name: protocol.toLowerCase(),
    port: servicePort,
    targetPort: servicePort,
    protocol,
  }));
  const said = await act.create(servicesPath(namespace), {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { ...spec, ports },
  });
  if (!said.ok) return said;
  const forbidden = lacksRight(said.value, "create");
  if (forbidden) return forbidden;
  if (!isAccepted(said.value)) return read(undefined);
  const [port] = listAt(said.value.body, "spec", "ports");
  const addresses = listAt(said.value.body, "spec", "clusterIPs").flatMap((one) => {
    const address = printable(one);
    return address !== undefined && isIP(address) !== 0 ? [address] : [];
  });
  return read({ name, addresses, nodePort: countAt(port, "nodePort") });
}
