import { generateKeyPair } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import {
  type Authority,
  type CertificateRequest,
  createAuthority,
  issue,
  type KeyPair,
  type Lifetime,
} from "./certificates.ts";

/** What one API server needs of its own. */
export interface ServingNeeds extends Lifetime {
  /** File name without suffix, such as `apiserver-1`. */
  readonly file: string;
  readonly dnsNames: readonly string[];
  readonly addresses: readonly string[];
}

/** The keys and certificates of one cluster, in files of one folder, named as kubeadm names them. */
export interface Pki {
  readonly folder: string;
  readonly ca: Authority;
  /** The path of a file in the folder. */
  file(name: string): string;
}

const clusterNames = ["kubernetes", "default", "svc", "cluster", "local"];
const serviceNames = [1, 2, 3, 5].map((length) => clusterNames.slice(0, length).join("."));

/**
 * Writes the whole PKI of a cluster: three authorities, serving and client certificates, the service-account key.
 * `etcdPlaces`: where members are reached beside loopback.
 */
export async function createPki(
  folder: string,
  serving: readonly ServingNeeds[],
  etcdPlaces: Pick<ServingNeeds, "dnsNames" | "addresses"> = { dnsNames: [], addresses: [] },
): Promise<Pki> {
  mkdirSync(folder, { recursive: true });
  const [ca, etcd, frontProxy] = await Promise.all([
    createAuthority("kubernetes"),
    createAuthority("etcd-ca"),
    createAuthority("front-proxy-ca"),
  ]);
  const file = (name: string) => path.join(folder, name);
  const save = (name: string, pair: KeyPair) => {
    writeFileSync(file(`${name}.crt`), pair.certificate);
    writeFileSync(file(`${name}.key`), pair.key, { mode: 0o600 });
  };
  const sign = async (name: string, authority: Authority, request: CertificateRequest) =>
    save(name, await issue(authority, request));
  save("ca", ca);
  save("etcd-ca", etcd);
  save("front-proxy-ca", frontProxy);
  await Promise.all([
    writeServiceAccountKey(file),
    sign("apiserver-kubelet-client", ca, {
      commonName: "kube-apiserver-kubelet-client",
      organizations: ["system:masters"],
      usages: ["client"],
    }),
    sign("apiserver-etcd-client", etcd, { commonName: "kube-apiserver-etcd-client", usages: ["client"] }),
    sign("front-proxy-client", frontProxy, { commonName: "front-proxy-client", usages: ["client"] }),
    ...["etcd-server", "etcd-peer"].map((name) =>
      sign(name, etcd, {
        commonName: "etcd",
        usages: ["server", "client"],
        dnsNames: ["localhost", ...etcdPlaces.dnsNames],
        addresses: ["127.0.0.1", "::1", ...etcdPlaces.addresses],
      }),
    ),
    ...serving.map((needs) =>
      sign(needs.file, ca, {
        ...needs,
        commonName: "kube-apiserver",
        usages: ["server"],
        dnsNames: [...serviceNames, "localhost", ...needs.dnsNames],
      }),
    ),
  ]);
  return { folder, ca, file };
}

async function writeServiceAccountKey(file: (name: string) => string): Promise<void> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  writeFileSync(file("sa.key"), privateKey, { mode: 0o600 });
  writeFileSync(file("sa.pub"), publicKey);
}
