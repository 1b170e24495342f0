import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { reduceList } from "./reading.ts";
import { distinct, textAt } from "./untrusted.ts";

/** API groups that say something about a standard: network policy, gateways, certificates, storage, backup, platform. */
const relevantGroups =
  /\.(policy\.networking\.k8s\.io|gateway\.networking\.k8s\.io|networking\.x-k8s\.io|cilium\.io|crd\.projectcalico\.org|projectcalico\.org|crd\.antrea\.io|kubeovn\.io|k8s\.ovn\.org|cert-manager\.io|snapshot\.storage\.k8s\.io|ceph\.rook\.io|longhorn\.io|openebs\.io|linstor\.linbit\.com|piraeus\.io|velero\.io|kyverno\.io|(\w+\.)?gatekeeper\.sh|(\w+\.)?cluster\.x-k8s\.io|(\w+\.)?gardener\.cloud|k3s\.cattle\.io|helm\.cattle\.io|kamaji\.clastix\.io)$/;

export const customResourcesProbe = defineProbe({
  id: "kube/custom-resources",
  title: "custom resources that are installed (names only)",
  tier: "observe",
  rights: [{ kind: "resource", verb: "list", group: "apiextensions.k8s.io", resource: "customresourcedefinitions" }],
  requests: 1,
  async collect({ cluster }) {
    const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    const options = { limit: 500, metadataOnly: true };
    const reading = await reduceList(cluster, path, options, (object) => textAt(object, "metadata", "name"));
    if (!reading.ok) return reading;
    const { items } = reading.value;
    return read({ total: items.length, relevant: distinct(items.filter((name) => relevantGroups.test(name))) });
  },
});
