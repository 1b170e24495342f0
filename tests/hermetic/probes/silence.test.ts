import { describe, expect, it } from "vitest";
import { gatherFrom, lookedAt, paths, served } from "../../support/gathering.ts";
import type { LoopbackHandler, LoopbackOptions } from "../../support/loopback-server.ts";

const timeout = 150;
const hanging: LoopbackHandler = () => ({ fault: "hang-after-accept" });

describe("a server that says nothing", () => {
  it.each<[string, LoopbackHandler, LoopbackOptions]>([
    ["takes the request and never answers", hanging, {}],
    ["never says a word of TLS", hanging, { neverTls: true }],
  ])("that %s costs what one read costs, not one a fact", async (_, handler, options) => {
    const { gathering, loopback, reason } = await gatherFrom(handler, undefined, options, {
      requestTimeoutMilliseconds: timeout,
    });
    expect(new Set(gathering.requests.map(({ path }) => path))).toEqual(new Set([paths.version]));
    expect(loopback.requests.length).toBeLessThanOrEqual(gathering.requests.length);
    const missing = Object.entries(gathering.items).filter(([, fact]) => fact.status === "unavailable");
    // the certificate of the kubeconfig itself needs no answer
    expect(missing).toHaveLength(lookedAt.length - 1);
    for (const [id, fact] of missing)
      expect([id, fact]).toEqual([
        id,
        expect.objectContaining({ reason: "timeout", resolve: "an API server that answers in time" }),
      ]);
    expect(reason("kube/client-certificate")).toBeUndefined();
  });

  it("is told from one of whom a single path hangs", async () => {
    const { reason, value } = await gatherFrom(
      ({ url }) =>
        url.pathname === paths.version
          ? { body: served("v1.36.0") }
          : url.pathname === paths.nodes
            ? { fault: "hang-after-accept" }
            : undefined,
      ["kube/nodes", "kube/priority-levels"],
      {},
      { requestTimeoutMilliseconds: timeout },
    );
    expect(value("kube/version").gitVersion).toBe("v1.36.0");
    expect(reason("kube/nodes")).toBe("timeout");
    expect(reason("kube/priority-levels")).toBe("not-served");
  });
});
