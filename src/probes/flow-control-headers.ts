import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { detached } from "./untrusted.ts";

const uid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const kept = (value: string | undefined): string | undefined =>
  value !== undefined && uid.test(value) ? detached(value) : undefined;

export const flowControlHeadersProbe = defineProbe({
  id: "kube/flow-control-headers",
  title: "priority and fairness in the headers of an answer",
  tier: "observe",
  rights: [{ kind: "path", verb: "get", path: "/version" }],
  requests: 1,
  async collect({ cluster }) {
    const reading = await cluster.get("/version");
    if (!reading.ok) return reading;
    const flowSchemaUid = kept(reading.value.headers["x-kubernetes-pf-flowschema-uid"]);
    const priorityLevelUid = kept(reading.value.headers["x-kubernetes-pf-prioritylevel-uid"]);
    return read({
      ...(flowSchemaUid === undefined ? {} : { flowSchemaUid }),
      ...(priorityLevelUid === undefined ? {} : { priorityLevelUid }),
    });
  },
});
