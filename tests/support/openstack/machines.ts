/** Servers of Nova and the nodes that run on them. */

/** `84e2b49d-0000-4000-8000-00000000000N`. */
export const serverId = (number: number): string => `84e2b49d-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** `hostId` is a SHA-224 in hexadecimal: 56 digits. */
export const hostIdOf = (name: string): string => Buffer.from(name.repeat(28)).toString("hex").slice(0, 56);

interface ServerOptions {
  readonly project?: string;
  readonly flavor?: string;
  readonly bootVolume?: boolean;
  readonly groups?: readonly string[];
  readonly extraSpecs?: { readonly [key: string]: string } | undefined;
  /** Shown to administrators of the cloud. */
  readonly hypervisorHost?: string;
}

/** As GET /servers/{id} shows it with microversion 2.71, user data and addresses included. */
export function novaServer(number: number, host: string, options: ServerOptions = {}) {
  const { flavor = "SCS-2V-4-20s", extraSpecs = { "scs:disk0-type": "ssd", "hw_rng:allowed": "True" } } = options;
  return {
    id: serverId(number),
    name: `customer-machine-${number}`,
    tenant_id: options.project ?? "6f70656e737461636b20342065766572",
    user_id: "a1b2c3d4",
    hostId: host === "" ? "" : hostIdOf(host),
    image: options.bootVolume === true ? "" : { id: "70a599e0-31e7-49b7-b260-868f441e862b" },
    flavor: { original_name: flavor, vcpus: 2, ram: 4096, disk: 20, ephemeral: 0, swap: 0, extra_specs: extraSpecs },
    addresses: { private: [{ addr: "10.8.0.5", version: 4 }] },
    accessIPv4: "203.0.113.77",
    key_name: "customer-key",
    metadata: { owner: "customer" },
    "OS-EXT-AZ:availability_zone": "zone-1",
    ...(options.hypervisorHost === undefined
      ? {}
      : { "OS-EXT-SRV-ATTR:hypervisor_hostname": options.hypervisorHost, "OS-EXT-SRV-ATTR:user_data": "I2Nsb3Vk" }),
    server_groups: options.groups ?? [],
  };
}

interface NodeOptions {
  readonly role?: string;
  /** The whole provider id, or null for none. */
  readonly provider?: string | null;
  readonly labels?: { readonly [key: string]: string };
  readonly systemUuid?: string;
}

/** A node of the server of that number, as the API server shows it. */
export function nodeOn(number: number, options: NodeOptions = {}) {
  const { role = "control-plane", provider = `openstack:///${serverId(number)}` } = options;
  return {
    metadata: {
      name: `node-${number}`,
      creationTimestamp: "2026-10-01T00:00:00Z",
      labels: { [`node-role.kubernetes.io/${role}`]: "", ...options.labels },
    },
    spec: provider === null ? {} : { providerID: provider },
    status: { nodeInfo: { bootID: `boot-${number}`, systemUUID: options.systemUuid ?? "" } },
  };
}
