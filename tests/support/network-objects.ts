/** Pods and Services of a network on loopback: the addresses that a cluster would have given them. */
import { isIP } from "node:net";
import type { JsonObject } from "../../src/model/json.ts";
import { type LoopbackResponse, statusObject } from "./loopback-response.ts";
import { type ObjectStore, put } from "./object-store.ts";

export interface Addressing {
  readonly families?: readonly (4 | 6)[];
  readonly nodes?: number;
  /** `status` of pods that never run. */
  readonly stuck?: JsonObject;
}

export type Stored = ObjectStore["objects"] extends Map<string, infer T> ? T : never;

export interface Body {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: { readonly [key: string]: string } };
  readonly spec: JsonObject;
}

const addresses = ({ families = [4, 6] }: Addressing, four: string, six: string): string[] =>
  families.map((family) => (family === 4 ? four : six));

export function putPod(store: ObjectStore, options: Addressing, path: string, pod: Body): Stored {
  const index = [...store.objects.keys()].filter((one) => /\/pods\/[^/]+$/.test(one)).length + 1;
  const node = JSON.stringify(pod.spec.affinity ?? {}).includes("podAntiAffinity") ? (options.nodes ?? 2) : 1;
  const podIPs = addresses(options, `10.0.${node}.${index}`, `fd00::${node}:${index}`).map((ip) => ({ ip }));
  const hostIPs = addresses(options, `192.0.2.${node}`, `2001:db8::${node}`).map((ip) => ({ ip }));
  const conditions = [{ type: "Ready", status: "True" }];
  const status = options.stuck ?? { phase: "Running", podIPs, hostIPs, conditions };
  const spec = options.stuck ? pod.spec : { ...pod.spec, nodeName: `n${node}` };
  return put(store, path, { ...(pod as unknown as JsonObject), spec, status });
}

export function putService(store: ObjectStore, options: Addressing, path: string, service: Body): LoopbackResponse {
  const index = [...store.objects.keys()].filter((one) => /\/services\/[^/]+$/.test(one)).length + 1;
  const both = addresses(options, `10.96.0.${index}`, `fd96::${index}`);
  const [wanted] = (service.spec.ipFamilies ?? []) as string[];
  const family = wanted === undefined ? undefined : wanted === "IPv6" ? 6 : 4;
  const given = both.filter((address) => family === undefined || isIP(address) === family);
  if (given.length === 0) return { status: 422, body: statusObject(422, "not configured on this cluster") };
  const single = service.spec.ipFamilyPolicy === undefined ? given.slice(0, 1) : given;
  const clusterIPs = service.spec.clusterIP === "None" ? ["None"] : single;
  const ports = (service.spec.ports as JsonObject[]).map((port) => ({ ...port, nodePort: 30_000 + index }));
  const spec = { ...service.spec, clusterIPs, ports };
  return { status: 201, body: put(store, path, { ...(service as unknown as JsonObject), spec }) };
}
