/** Whether etcd is spoken to by TLS, as far as the schemes of its URLs show (etcd documentation, transport security). */
import { type ApiServer, type Setting, setting } from "../api-server/api-server-flags.ts";
import type { Finding } from "../finding.ts";
import type { EtcdMember } from "./etcd-members.ts";

/** `loopback`: plain, but nothing of it leaves the machine. */
export type Transport = "tls" | "plain" | "loopback" | "unknown";

function transportOf(found: Setting): Transport {
  if (found.state !== "set" || found.value === undefined) return "unknown";
  const schemes = found.value.split(",");
  if (schemes.includes("http")) return "plain";
  if (schemes.includes("http-loopback")) return "loopback";
  return "tls";
}

export interface MemberTransport {
  readonly clients: Transport;
  readonly peers: Transport;
}

/** Without the flags etcd listens on its own machine alone, without TLS. */
export function memberTransport(member: EtcdMember): MemberTransport {
  const of = (flag: string): Transport => {
    const found = setting(member, flag);
    return found.state === "absent" ? "loopback" : transportOf(found);
  };
  return { clients: of("listen-client-urls"), peers: of("listen-peer-urls") };
}

/** Where not even this is shown, settings stand somewhere else: a member that others reach has to be told so. */
export function showsSettings(member: EtcdMember): boolean {
  return setting(member, "listen-client-urls").state === "set";
}

/** How an API server speaks to etcd. */
export function serverTransport(server: ApiServer): Transport {
  return transportOf(setting(server, "etcd-servers"));
}

export function plainMember({ subject }: EtcdMember, { clients, peers }: MemberTransport): readonly Finding[] {
  const finding = (who: string, flag: string): Finding => ({
    code: "etcd-without-tls",
    subject,
    expected: `--${flag} with https alone`,
    actual: "http",
    message: `etcd ${subject.name} speaks without TLS to its ${who}`,
  });
  return [
    ...(clients === "plain" ? [finding("clients", "listen-client-urls")] : []),
    ...(peers === "plain" ? [finding("peers", "listen-peer-urls")] : []),
  ];
}

export function plainServer({ subject }: ApiServer): Finding {
  const message = `${subject.name} speaks to etcd without TLS`;
  return { code: "etcd-without-tls", subject, expected: "--etcd-servers with https alone", actual: "http", message };
}
