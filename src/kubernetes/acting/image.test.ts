import { describe, expect, it } from "vitest";
import { connectedLoopback } from "../../../tests/support/connected-loopback.ts";
import { objectStore, put } from "../../../tests/support/object-store.ts";
import { imageOnNodes } from "../../model/acting-rights.ts";
import type { JsonObject } from "../../model/json.ts";
import { imageFor, usualImage } from "./image.ts";

const agnhost = "registry.k8s.io/e2e-test-images/agnhost";
const busybox = "docker.io/library/busybox";

interface Node {
  readonly images?: unknown;
  readonly spec?: JsonObject;
}

async function picked(nodes: readonly Node[], wanted: string | undefined = imageOnNodes) {
  const store = objectStore();
  for (const [index, { images, spec = {} }] of nodes.entries()) {
    const status = { images: Array.isArray(images) ? [{ names: images }] : (images ?? null) } as JsonObject;
    put(store, `/api/v1/nodes/node-${index}`, { spec, status });
  }
  const { reader } = await connectedLoopback(store.handler);
  const image = await imageFor(wanted, reader);
  return image.ok ? image.value : image.reason;
}

const never = (reference: string, holds: "agnhost" | "busybox") => ({ reference, pullPolicy: "Never", holds });
const tainted = (effect: string) => ({ taints: [{ key: "a", effect }] });

describe("an image that is on the nodes", () => {
  it.each<[string, readonly Node[], unknown]>([
    [
      "the newest agnhost that all have",
      [{ images: [`${agnhost}:2.9`, `${agnhost}:2.53`] }],
      never(`${agnhost}:2.53`, "agnhost"),
    ],
    [
      "one that is on each",
      [{ images: [`${agnhost}:2.53`, `${busybox}:1.36`] }, { images: [`${busybox}:1.36`] }],
      never(`${busybox}:1.36`, "busybox"),
    ],
    ["none where nodes differ", [{ images: [`${agnhost}:2.53`] }, { images: [`${agnhost}:2.52`] }], "not-given"],
    ["none of others", [{ images: ["example/not-agnhost:1", "example/agnhost-tools:1"] }], "not-given"],
    ["none by digest alone", [{ images: [`${agnhost}@sha256:${"0".repeat(64)}`] }], "not-given"],
    [
      "without nodes on which no pod comes",
      [{ images: [`${agnhost}:2.53`] }, { images: [], spec: tainted("NoSchedule") }, { spec: { unschedulable: true } }],
      never(`${agnhost}:2.53`, "agnhost"),
    ],
    [
      "that of all where no pod comes on any",
      [
        { images: [`${agnhost}:2.53`, `${busybox}:1.36`], spec: tainted("NoSchedule") },
        { images: [`${busybox}:1.36`], spec: { unschedulable: true } },
      ],
      never(`${busybox}:1.36`, "busybox"),
    ],
    [
      "with nodes that rather take none",
      [{ images: [`${agnhost}:2.53`] }, { spec: tainted("PreferNoSchedule") }],
      "not-given",
    ],
    ["none where there are no nodes", [], "not-given"],
    ["none in what has another form", [{ images: "agnhost" }, { images: [7, null, { names: 1 }] }], "not-given"],
    [
      "none with a name that is no reference",
      [{ images: ["a b/agnhost:1", `${"x".repeat(500)}/agnhost:1`] }],
      "not-given",
    ],
  ])("is %s", async (_, nodes, expected) => {
    expect(await picked(nodes)).toEqual(expected);
  });
});

describe("an image that was named, or not", () => {
  it.each([
    ["example/tools:1", { reference: "example/tools:1", holds: "unknown" }],
    [`mirror.example:5000/busybox@sha256:${"0".repeat(64)}`, { holds: "busybox" }],
    [undefined, { reference: usualImage, holds: "agnhost" }],
  ])("%s is pulled where it is missing", async (wanted, expected) => {
    const { reader } = await connectedLoopback(objectStore().handler);
    const image = await imageFor(wanted, reader);
    expect(image).toMatchObject({ ok: true, value: { pullPolicy: "IfNotPresent", ...expected } });
  });
});
