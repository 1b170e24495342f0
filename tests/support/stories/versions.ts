/** The same cluster through the versions, and what limits its API: 1.28 without /flagz, 1.36 and 1.37 with it. */
import { defaultShares, seatsOfDefaults } from "../default-levels.ts";
import { paths, recorded } from "../gathering.ts";
import { readyz } from "./objects.ts";
import { compacting, type Plane, plane, throttled, zone } from "./plane.ts";
import type { Story } from "./story.ts";

const at = "2026-11-23T10:00:00Z";

interface Version {
  readonly gitVersion: string;
  readonly at?: string;
  readonly since: string;
  readonly servers?: Plane["servers"];
  readonly fairness?: boolean;
  readonly objects?: Story["objects"];
}

function kubeadm(name: string, given: Version): Story {
  const minor = /^v(1\.\d+)/.exec(given.gitVersion)?.[1] ?? "";
  const servers = given.servers ?? [{ name: "cp-1", labels: zone("region-1", "az1") }];
  const moment = given.at ?? at;
  return {
    name,
    at: moment,
    subject: `kubeadm-${minor}`,
    minor,
    fairness: given.fairness ?? true,
    objects: {
      ...plane({ gitVersion: given.gitVersion, at: moment, since: given.since, servers }),
      ...given.objects,
    },
  };
}

/** What `/flagz` says: effective values, so that nobody can tell which were set. */
const flagz = (version: string, more: { readonly [flag: string]: string } = {}) => ({
  kind: "Flagz",
  apiVersion: `config.k8s.io/${version}`,
  flags: {
    "admission-control-config-file": "",
    "authorization-mode": "[Node,RBAC]",
    "enable-admission-plugins": "[NodeRestriction]",
    "enable-priority-and-fairness": "true",
    "etcd-compaction-interval": "5m0s",
    "max-mutating-requests-inflight": "200",
    "max-requests-inflight": "400",
    "min-request-timeout": "1800",
    ...more,
  },
});

/** Priority levels as every cluster has them; the seats of 400 and 200 requests in flight. */
const levels = Object.entries(defaultShares).map(([name, nominalConcurrencyShares], index) => ({
  metadata: { name, uid: `5be9b1d7-6b1f-4d0e-8f34-38a3c1bb7e0${index}` },
  spec:
    name === "exempt"
      ? { type: "Exempt", exempt: { nominalConcurrencyShares } }
      : { type: "Limited", limited: { nominalConcurrencyShares, limitResponse: { type: "Queue" } } },
}));

const seatsAs = (metric: string): string =>
  Object.entries(seatsOfDefaults)
    .map(([level, value]) => `${metric}{priority_level="${level}"} ${value}\n`)
    .join("");

export const versionStories: readonly Story[] = [
  kubeadm("kubeadm-1.28", {
    gitVersion: "v1.28.15",
    at: "2024-11-27T10:00:00Z",
    since: "2024-11-20T10:00:00Z",
    objects: {
      [paths.priorityLevelsBeta]: recorded("kind", "priority-levels.json"),
      [paths.metrics]: `${seatsAs("apiserver_flowcontrol_request_concurrency_limit")}${seatsAs("apiserver_flowcontrol_nominal_limit_seats")}process_start_time_seconds 1.732096e+09\n`,
    },
  }),
  kubeadm("kubeadm-1.36-flagz", {
    gitVersion: "v1.36.6",
    since: "2026-11-20T10:00:00Z",
    objects: { [paths.flagz]: flagz("v1beta1"), [paths.priorityLevels]: levels },
  }),
  kubeadm("kubeadm-1.37-flagz", {
    gitVersion: "v1.37.2",
    since: "2026-11-20T10:00:00Z",
    servers: [{ name: "cp-1", labels: zone("region-1", "az1"), apiServer: throttled, etcd: compacting }],
    objects: {
      [paths.flagz]: flagz("v1beta1", {
        "admission-control-config-file": "/etc/kubernetes/admission.yaml",
        "enable-admission-plugins": "[NodeRestriction,EventRateLimit]",
        "max-requests-inflight": "800",
        "max-mutating-requests-inflight": "400",
        "min-request-timeout": "300",
      }),
      [paths.priorityLevels]: levels,
      [paths.metrics]: `${seatsAs("apiserver_flowcontrol_nominal_limit_seats")}apiserver_admission_controller_admission_duration_seconds_count{name="EventRateLimit",operation="CREATE",rejected="false",type="validate"} 17\nprocess_start_time_seconds 1.7634e+09\n`,
    },
  }),
  kubeadm("fairness-off", {
    gitVersion: "v1.37.2",
    since: "2026-11-20T10:00:00Z",
    fairness: false,
    servers: [
      {
        name: "cp-1",
        labels: zone("region-1", "az1"),
        apiServer: ["--enable-priority-and-fairness=false", "--max-requests-inflight=0"],
      },
    ],
    objects: readyz(false),
  }),
  kubeadm("event-rate-limit-without-limits", {
    gitVersion: "v1.37.2",
    since: "2026-11-20T10:00:00Z",
    servers: [
      {
        name: "cp-1",
        labels: zone("region-1", "az1"),
        apiServer: ["--enable-admission-plugins=NodeRestriction,EventRateLimit"],
      },
    ],
  }),
];
