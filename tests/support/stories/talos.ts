/** Talos: static pods of all but etcd, which the machine runs by itself. */
import { paths, recorded } from "../gathering.ts";
import { anyCluster, leases, node, readyz, staticPod } from "./objects.ts";
import type { Story } from "./story.ts";

const at = "2026-05-05T10:00:00Z";
const since = "2026-05-01T10:00:00Z";
const command = recorded("talos", "api-server-command.json") as string[];

function talos(name: string, servers: readonly string[]): Story {
  return {
    name,
    at,
    subject: "talos-1.36",
    minor: "1.36",
    fairness: true,
    objects: {
      ...anyCluster("v1.36.0", since, servers.length),
      ...readyz(),
      ...leases(at, servers),
      [paths.nodes]: servers.map((server) =>
        node(
          server,
          since,
          { "node-role.kubernetes.io/control-plane": "" },
          { kubeletVersion: "v1.36.0", osImage: "Talos (v1.13.0)" },
        ),
      ),
      [paths.pods]: servers.map((server) => staticPod("kube-apiserver", server, since, command)),
    },
  };
}

export const talosStories: readonly Story[] = [
  talos("talos-1.36", ["talos-cp-1"]),
  talos("talos-1.36-three-servers", ["talos-cp-1", "talos-cp-2", "talos-cp-3"]),
];
