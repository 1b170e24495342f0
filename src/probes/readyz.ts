import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { malformed } from "./reading.ts";

/** `[+]poststarthook/priority-and-fairness-filter ok`, `[-]etcd failed: reason withheld`. */
const line = /^\[([+-])\]([A-Za-z0-9][A-Za-z0-9/._-]{0,199})( |$)/;

export const readyzProbe = defineProbe({
  id: "kube/readyz",
  title: "health checks of the API server",
  tier: "observe",
  rights: [{ kind: "path", verb: "get", path: "/readyz" }],
  requests: 1,
  async collect({ cluster }) {
    // An API server that is not ready says 500 and still names its checks.
    const reading = await cluster.get("/readyz?verbose", { answers: [500], maxBytes: 1 << 20 });
    if (!reading.ok) return reading;
    const checks = reading.value.body.split("\n", 2000).flatMap((text) => {
      const match = line.exec(text);
      return match?.[2] === undefined ? [] : [{ name: match[2], ok: match[1] === "+" }];
    });
    return checks.length > 0 ? read({ checks }) : malformed("/readyz?verbose");
  },
});
