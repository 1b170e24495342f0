import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { type Api, type ApiOptions, openApi } from "./api.ts";
import { type Authority, issue } from "./certificates.ts";
import { writeKubeconfig } from "./kubeconfig.ts";

/** Who a client certificate is for. */
export interface User {
  readonly name: string;
  readonly groups?: readonly string[];
}

/** Ways into a cluster. */
export interface Access {
  /** Writes a kubeconfig and returns its path. Without a user: the administrator. `url`: another API server. */
  kubeconfig(user?: User, url?: string): Promise<string>;
  /** The kubeconfig of an existing ServiceAccount, with a token valid for an hour. */
  serviceAccountKubeconfig(namespace: string, name: string): Promise<string>;
  /** A client of its own for the first API server; the caller closes it. Without a user: the administrator. */
  connect(options?: ApiOptions, user?: User): Promise<Api>;
  /** What kubectl writes, run as administrator; an error with its words when it fails. */
  kubectl(args: readonly string[], input?: string): Promise<string>;
  /** `kubectl apply` of YAML or JSON documents. */
  apply(manifest: string): Promise<void>;
}

export interface AccessParts {
  readonly folder: string;
  readonly binaries: string;
  readonly ca: Authority;
  /** The first API server, as administrator. */
  readonly api: Api;
}

const administrator: User = { name: "kubernetes-admin", groups: ["system:masters"] };

/** Opens the ways into the cluster of this folder. */
export function createAccess({ folder, binaries, ca, api }: AccessParts): Access {
  let written = 0;
  const nextFile = () => {
    written += 1;
    return path.join(folder, `client-${written}.kubeconfig`);
  };

  const certificateOf = (user: User) =>
    issue(ca, { commonName: user.name, organizations: user.groups ?? [], usages: ["client"] });

  const kubeconfig = async (user = administrator, url = api.url) =>
    writeKubeconfig(nextFile(), url, ca.certificate, user.name, await certificateOf(user));

  const connect = async (options: ApiOptions = {}, user = administrator) =>
    openApi(api.url, ca.certificate, await certificateOf(user), options);

  const serviceAccountKubeconfig = async (namespace: string, name: string) => {
    const place = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
    const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: { expirationSeconds: 3600 } };
    const answer = (await api.json("POST", place, request)) as { status: { token: string } };
    return writeKubeconfig(nextFile(), api.url, ca.certificate, name, { token: answer.status.token });
  };

  let administratorFile: Promise<string> | undefined;
  const kubectl = async (args: readonly string[], input = "") => {
    administratorFile ??= kubeconfig();
    const child = spawn(path.join(binaries, "kubectl"), args, {
      env: { PATH: process.env.PATH ?? "", HOME: folder, KUBECONFIG: await administratorFile },
    });
    child.stdin.end(input);
    const [output, complaint, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "exit"),
    ]);
    if (code !== 0) {
      throw new Error(`kubectl ${args.join(" ")} failed: ${complaint.trim()}`);
    }
    return output;
  };

  const apply = async (manifest: string) => {
    await kubectl(["apply", "-f", "-"], manifest);
  };
  return { kubeconfig, serviceAccountKubeconfig, connect, kubectl, apply };
}
