/** The first look at a management cluster: by which APIs it manages clusters, in which versions. */
import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { malformed } from "./reading.ts";
import { distinct, inOrder, listAt, textAt, valueAt } from "./untrusted.ts";

/** Cluster API with its providers, the OpenStack resource controller, Kamaji, Gardener, its seeds and etcd-druid. */
const managing =
  /^((infrastructure|controlplane|bootstrap)\.)?cluster\.x-k8s\.io$|^openstack\.k-orc\.cloud$|^kamaji\.clastix\.io$|^core\.gardener\.cloud$|^(druid|extensions)\.gardener\.cloud$/;
const versionForm = /^v\d{1,3}((alpha|beta)\d{1,3})?$/;

export const managementApisProbe = defineProbe({
  id: "management/apis",
  title: "APIs that the management cluster manages clusters by",
  view: "management",
  tier: "observe",
  // every authenticated user has it (system:discovery)
  rights: [{ kind: "path", verb: "get", path: "/apis" }],
  requests: 1,
  async collect({ management }) {
    const reading = await management.json("/apis");
    if (!reading.ok) return reading;
    if (!Array.isArray(valueAt(reading.value, "groups"))) return malformed("the list of API groups");
    const groups = listAt(reading.value, "groups").flatMap((entry) => {
      const group = textAt(entry, "name") ?? "";
      if (!managing.test(group)) return [];
      const served = listAt(entry, "versions").map((version) => textAt(version, "version") ?? "");
      const preferred = textAt(entry, "preferredVersion", "version") ?? "";
      const others = distinct(served.filter((version) => version !== preferred));
      return [{ group, versions: [preferred, ...others].filter((version) => versionForm.test(version)) }];
    });
    return read({ groups: groups.sort((a, b) => inOrder(a.group, b.group)) });
  },
});
