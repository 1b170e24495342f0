import { isIP } from "node:net";
import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { isAccepted, lacksRight, messageOf } from "./said.ts";
import { listAt, printable } from "./untrusted.ts";

/** With a selector and cluster addresses: a headless Service without selector is taken on single-stack clusters too. */
const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { generateName: "scs-conformance-" },
  spec: {
    ipFamilyPolicy: "RequireDualStack",
    selector: { "scs-conformance.example/probe": "never-runs" },
    ports: [{ port: 80, protocol: "TCP" }],
  },
};

export const dualStackServicesProbe = defineProbe({
  id: "kube/dual-stack-services",
  title: "whether Services get addresses of both families, by a dry run",
  tier: "dry-run",
  rights: [{ kind: "resource", verb: "create", group: "", resource: "services", namespace: "default" }],
  asks: { dryRuns: true },
  requests: 1,
  async collect({ ask }) {
    const said = await ask.create("/api/v1/namespaces/default/services", service);
    if (!said.ok) return said;
    const forbidden = lacksRight(said.value, "create");
    if (forbidden) return forbidden;
    const families = listAt(said.value.body, "spec", "clusterIPs").flatMap((address) => {
      const family = isIP(printable(address) ?? "");
      return family === 4 ? ["IPv4" as const] : family === 6 ? ["IPv6" as const] : [];
    });
    if (isAccepted(said.value)) return read({ dualStack: new Set(families).size === 2, families });
    const refused = /not configured for dual-stack/.test(messageOf(said.value));
    return read({ dualStack: refused ? false : null, families: [] });
  },
});
