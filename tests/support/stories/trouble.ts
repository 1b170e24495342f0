/** The same cluster for users with few rights, and for networks and servers that answer badly. */
import { paths } from "../gathering.ts";
import { expired, forbidden } from "../kubernetes-routes.ts";
import { statusObject } from "../loopback-response.ts";
import { anyCluster, readyz } from "./objects.ts";
import { openstack, threeHosts } from "./openstack.ts";
import type { Story } from "./story.ts";

const at = "2026-11-23T10:00:00Z";
const named = (name: string, over: Partial<Story>): Story =>
  openstack(name, threeHosts, { subject: `cloud-1.37-${name}`, ...over });

/** What the ClusterRole `view` lets a user read, of all that is asked for: nothing without a namespace, no leases. */
const viewRole = [
  paths.version,
  paths.readyz,
  paths.kubeSystem,
  paths.pods,
  paths.events,
  paths.endpointSlice,
  paths.kubeadmConfig,
  paths.shootInfo,
  paths.rootCa,
  paths.authentication,
];

const minute = (minutes: number) => new Date(Date.parse(at) - minutes * 60_000).toISOString().replace(".000", "");

/** Revision 10 000 - 10 N was written N minutes ago. */
const events = Array.from({ length: 60 }, (_, index) => ({
  metadata: {
    name: `event-${index + 1}`,
    resourceVersion: String(10_000 - 10 * (index + 1)),
    creationTimestamp: minute(index + 1),
    managedFields: [{ time: minute(index + 1) }],
  },
}));

const internalError = { status: 500, body: statusObject(500, "etcdserver: request timed out") };

export const troubleStories: readonly Story[] = [
  { ...named("no-rights", { allowed: [paths.version, paths.readyz] }), subject: "cloud-1.37-without-rights" },
  named("view-role", { allowed: viewRole }),
  named("some-rights", {
    overrides: {
      [paths.pods]: forbidden('pods is forbidden: User "auditor" cannot list resource "pods"'),
      [paths.storageClasses]: forbidden('storageclasses is forbidden: User "auditor" cannot list "storageclasses"'),
      [paths.metrics]: forbidden('User "auditor" cannot get path "/metrics"'),
      [paths.events]: forbidden('events is forbidden: User "auditor" cannot list resource "events"'),
    },
  }),
  named("history-compacted", {
    objects: { [paths.events]: events },
    lists: { resourceVersion: "10000", compactedUpTo: 9925 },
  }),
  named("lists-expire-once", { lists: { mostPerPage: 2, expireOnce: [paths.nodes, paths.pods] } }),
  named("lists-expire-always", {
    lists: { mostPerPage: 2, expireOnce: Array.from({ length: 9 }, () => [paths.nodes, paths.pods]).flat() },
  }),
  named("answers-malformed", {
    objects: {
      [paths.nodes]: "<html>please log in</html>",
      [paths.pods]: [{ metadata: { labels: { tier: "control-plane" } } }],
      [paths.storageClasses]: { kind: "StorageClassList", items: "none" },
      [paths.version]: { gitVersion: "unknown" },
      [paths.leases]: [{ metadata: { name: 7, labels: { "apiserver.kubernetes.io/identity": "kube-apiserver" } } }],
      [paths.readyz]: "ok",
    },
  }),
  named("answers-with-errors", {
    overrides: {
      [paths.nodes]: internalError,
      [paths.leases]: internalError,
      [paths.endpointSlice]: expired,
      [paths.readyz]: {
        status: 500,
        body: "[+]ping ok\n[-]etcd failed: reason withheld\n[+]poststarthook/priority-and-fairness-filter ok\nreadyz check failed\n",
      },
    },
  }),
  {
    name: "empty-cluster",
    at,
    subject: "cloud-1.37-empty",
    minor: "1.37",
    fairness: true,
    objects: { ...anyCluster("v1.37.2", "2026-11-23T09:58:00Z"), ...readyz() },
  },
];
