import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { malformed } from "./reading.ts";
import { textAt } from "./untrusted.ts";

export const versionProbe = defineProbe({
  id: "kube/version",
  title: "version of the API server",
  tier: "observe",
  rights: [{ kind: "path", verb: "get", path: "/version" }],
  requests: 1,
  async collect({ cluster }) {
    const reading = await cluster.json("/version");
    if (!reading.ok) return reading;
    const gitVersion = textAt(reading.value, "gitVersion");
    if (gitVersion === undefined) return malformed("the version");
    const platform = textAt(reading.value, "platform");
    const buildDate = textAt(reading.value, "buildDate");
    return read({
      gitVersion,
      ...(platform === undefined ? {} : { platform }),
      ...(buildDate === undefined ? {} : { buildDate }),
    });
  },
});
