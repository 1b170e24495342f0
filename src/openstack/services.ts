/** The services of a cloud that are read: their names, and how the catalogue and clouds.yaml call them (service-types authority). */
import type { CloudService } from "../model/cloud.ts";

/** As messages name them. */
export const serviceNames: { readonly [S in CloudService]: string } = {
  identity: "Keystone",
  compute: "Nova",
  network: "Neutron",
  "load-balancer": "Octavia",
  volume: "Cinder",
};

/** Types in the catalogue, the official one first. */
export const catalogueTypes: { readonly [S in CloudService]: readonly string[] } = {
  identity: ["identity"],
  compute: ["compute"],
  network: ["network"],
  "load-balancer": ["load-balancer"],
  volume: ["block-storage", "block-store", "volumev3"],
};

/** What stands in front of `OpenStack-API-Version`'s number. */
export const microversionTypes: { readonly [S in CloudService]: string } = {
  identity: "identity",
  compute: "compute",
  network: "network",
  "load-balancer": "load-balancer",
  volume: "volume",
};

/** Keys of clouds.yaml that name an endpoint. */
export const overrideKeys: { readonly [S in CloudService]: readonly string[] } = {
  identity: [],
  compute: ["compute_endpoint_override"],
  network: ["network_endpoint_override"],
  "load-balancer": ["load_balancer_endpoint_override"],
  volume: ["block_storage_endpoint_override", "volumev3_endpoint_override", "volume_endpoint_override"],
};

/** A version at the end of an endpoint that our paths bring themselves. */
export const ownVersion: { readonly [S in CloudService]?: RegExp } = {
  identity: /\/v3$/,
  network: /\/v2\.0$/,
  "load-balancer": /\/v2(\.0)?$/,
};
