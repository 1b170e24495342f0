import { describe, expect, it } from "vitest";
import { connectedLoopback } from "../../tests/support/connected-loopback.ts";
import { expired, kubernetesRoutes } from "../../tests/support/kubernetes-routes.ts";

const pods = Array.from({ length: 12 }, (_, index) => ({
  metadata: { name: `pod-${index}`, labels: { parity: index % 2 === 0 ? "even" : "odd" } },
  spec: { unknownToAnyModel: index },
}));
const path = "/api/v1/pods";

interface Named {
  readonly metadata: { readonly name: string };
}

/** What a probe does: keep what it needs of each object, drop it all on a restart. */
function keeper() {
  const seen = { names: [] as string[], restarts: 0 };
  return {
    seen,
    item: (object: unknown) => {
      seen.names.push((object as Named).metadata.name);
    },
    restart: () => {
      seen.restarts += 1;
      seen.names = [];
    },
  };
}

describe("list", () => {
  it.each([
    ["all of it, in pages", { limit: 5 }, 12, 3],
    ["500 a page unless told otherwise", {}, 12, 1],
    ["what a label selects", { limit: 4, labelSelector: "parity=odd" }, 6, 2],
    ["metadata only", { limit: 10, metadataOnly: true }, 12, 2],
  ] as const)("reads %s", async (_, options, count, pages) => {
    const { reader, loopback } = await connectedLoopback(kubernetesRoutes({ [path]: pods }));
    const { seen, item, restart } = keeper();
    const listed = await reader.list(path, options, item, restart);
    expect(listed).toMatchObject({ ok: true, value: { count, serverTime: expect.stringMatching(/^\d{4}-.*:\d\dZ$/) } });
    expect(seen.restarts).toBe(0);
    expect(loopback.requests).toHaveLength(pages);
    expect(seen.names).toHaveLength(count);
    expect(
      loopback.requests.every(({ path: asked }) => /[?&]limit=[1-9]/.test(asked) && !asked.includes("resourceVersion")),
    ).toBe(true);
  });

  it("takes the null of an empty metadata list for an empty list", async () => {
    const { reader } = await connectedLoopback(kubernetesRoutes({ [path]: [] }));
    const { seen, item, restart } = keeper();
    expect(await reader.list(path, { metadataOnly: true }, item, restart)).toMatchObject({
      ok: true,
      value: { count: 0 },
    });
    expect(seen.names).toEqual([]);
  });

  it("starts anew when the list expires underway", async () => {
    const { reader, connection } = await connectedLoopback(
      kubernetesRoutes({ [path]: pods }, { expireOnce: [path, path] }),
    );
    const { seen, item, restart } = keeper();
    expect(await reader.list(path, { limit: 5 }, item, restart)).toMatchObject({ ok: true, value: { count: 12 } });
    expect(seen.restarts).toBe(2);
    expect(new Set(seen.names).size).toBe(12);
    expect(seen.names).toHaveLength(12);
    expect(connection.requests[1]?.path).toBe("/api/v1/pods?limit=5&continue=...");
  });

  it("gives up on a list that always expires, and does not restart for a 410 on the first page", async () => {
    const { reader } = await connectedLoopback(kubernetesRoutes({ [path]: pods }, { expireOnce: [path, path, path] }));
    const { seen, item, restart } = keeper();
    expect(await reader.list(path, { limit: 5 }, item, restart)).toMatchObject({ ok: false, reason: "server-error" });
    expect(seen.restarts).toBe(2);
    const gone = await connectedLoopback(() => expired);
    expect(await gone.reader.list(path, {}, item, restart)).toMatchObject({ ok: false, reason: "server-error" });
    expect(gone.loopback.requests).toHaveLength(1);
  });

  it("says what happened in the middle of a list", async () => {
    const { reader } = await connectedLoopback((request) =>
      request.url.searchParams.has("continue")
        ? { status: 500, body: "broken" }
        : kubernetesRoutes({ [path]: pods })(request),
    );
    expect(
      await reader.list(
        path,
        { limit: 5 },
        () => undefined,
        () => undefined,
      ),
    ).toMatchObject({ ok: false, reason: "server-error" });
  });

  it.each([
    ["the same continue token for ever", { metadata: { continue: "again" }, items: [{}] }, "malformed"],
    ["no items", { metadata: {} }, "malformed"],
    ["items that are no list", { items: { length: 1 } }, "malformed"],
    ["items that are no objects", { items: [null] }, "malformed"],
    ["no object at all", [1], "malformed"],
    ["no JSON", "<html>", "malformed"],
  ] as const)("refuses %s", async (_, body, reason) => {
    const { reader } = await connectedLoopback(() => ({ body: typeof body === "string" ? body : { ...body } }));
    expect(
      await reader.list(
        path,
        {},
        () => undefined,
        () => undefined,
      ),
    ).toMatchObject({ ok: false, reason });
  });

  it("hands on what the caller throws", async () => {
    const { reader } = await connectedLoopback(kubernetesRoutes({ [path]: pods }));
    const thrower = () => {
      throw new Error("mine");
    };
    await expect(reader.list(path, {}, thrower, () => undefined)).rejects.toThrow("mine");
  });
});
