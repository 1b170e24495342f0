import { read } from "../model/fact.ts";
import type { BackupJobRecord, BackupSign } from "../model/facts/backup.ts";
import { defineProbe } from "../model/probe.ts";
import { reduceList } from "./reading.ts";
import { detached, distinct, inOrder, instantOf, listAt, textAt, valueAt } from "./untrusted.ts";

const most = 50;
/** Of the command of one container; scripts that are longer say what they do before that. */
const longestCommand = 65_536;

/** By what is called, not by the name of the job: commands in one line or many, options between the words. */
const commands: readonly (readonly [RegExp, BackupSign])[] = [
  [/\betcd(ctl|utl)\b[\s\S]{0,1000}?\bsnapshot[\s\\]+save\b/, "snapshot-save"],
  [/\btalosctl\b[\s\S]{0,1000}?\betcd[\s\\]+snapshot\b/, "talos-snapshot"],
  [/\b(k3s|rke2)[\s\\]+etcd-snapshot[\s\\]+save\b/, "distribution-snapshot"],
];
/** etcd-backup, etcd-snapshot, talos-backup, etcdbrctl: the last part of a repository. */
const madeForIt = /(^|[._-])(etcd-?(backup|snapshot|br)|talos-backup)/;

export const backupJobsProbe = defineProbe({
  id: "kube/backup-jobs",
  title: "CronJobs that back up etcd",
  tier: "observe",
  rights: [{ kind: "resource", verb: "list", group: "batch", resource: "cronjobs" }],
  requests: 1,
  async collect({ cluster }) {
    const reading = await reduceList(cluster, "/apis/batch/v1/cronjobs", { limit: 500 }, jobOf);
    if (!reading.ok) return reading;
    const jobs = reading.value.items.filter((job) => job !== "other");
    jobs.sort((a, b) => inOrder(`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`));
    return read({ cronJobs: reading.value.items.length, jobs: jobs.slice(0, most) });
  },
});

/** `other`: it has nothing to do with etcd as far as it shows. */
function jobOf(object: unknown): BackupJobRecord | "other" | undefined {
  const [namespace, name] = [textAt(object, "metadata", "namespace"), textAt(object, "metadata", "name")];
  const createdAt = instantOf(object, "metadata", "creationTimestamp");
  if (namespace === undefined || name === undefined || createdAt === undefined) return undefined;
  const signs = signsOf(valueAt(object, "spec", "jobTemplate", "spec", "template", "spec"));
  if (signs.length === 0) return "other";
  const schedule = textAt(object, "spec", "schedule");
  const succeededAt = instantOf(object, "status", "lastSuccessfulTime");
  return {
    namespace: detached(namespace),
    name: detached(name),
    createdAt,
    signs,
    ...(schedule !== undefined && /^(@[a-z]{1,10}|[\d*/, -]{9,64})$/.test(schedule) ? { schedule } : {}),
    suspended: valueAt(object, "spec", "suspend") === true,
    ...(succeededAt === undefined ? {} : { succeededAt }),
  };
}

function signsOf(pod: unknown): BackupSign[] {
  const containers = [...listAt(pod, "containers"), ...listAt(pod, "initContainers")];
  const mounted = listAt(pod, "volumes").map((volume) => textAt(volume, "hostPath", "path"));
  const certificates = mounted.some(
    (path) => path !== undefined && /^\/etc\/kubernetes\/pki(\/etcd\/?|\/?)$/.test(path),
  );
  return distinct([...containers.flatMap(signsOfContainer), ...(certificates ? (["etcd-certificates"] as const) : [])]);
}

function signsOfContainer(container: unknown): BackupSign[] {
  const words = [...listAt(container, "command"), ...listAt(container, "args")];
  const line = words
    .filter((word) => typeof word === "string")
    .join(" ")
    .slice(0, longestCommand);
  const repository = (textAt(container, "image") ?? "").replace(/[@:][^/]*$/, "");
  const image = repository.slice(repository.lastIndexOf("/") + 1);
  return [
    ...commands.flatMap(([form, sign]) => (form.test(line) ? [sign] : [])),
    ...(madeForIt.test(image) ? (["image"] as const) : []),
  ];
}
