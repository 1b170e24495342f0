import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { importedNodes, junit, sonobuoyTarball, specsOf, written } from "../../tests/support/e2e-results.ts";
import { kubeadmKubelet } from "../../tests/support/running-facts.ts";
import { scratchFolder } from "../../tests/support/scratch.ts";
import { kubeletConfigz } from "../model/kubelet/kubelet-configz.ts";

const configz = readFileSync(path.resolve("fixtures/responses/kind-1.21/kubelet-configz.json"), "utf8");
const run = junit({ passed: specsOf("1.36") });
const hosts = (files: { readonly [file: string]: string }) =>
  Object.entries(files).map(([name, content]) => ({ name: `hosts/${name}`, content }));
const from = async (files: { readonly [file: string]: string }) =>
  importedNodes(written("run.tar.gz", await sonobuoyTarball(run, undefined, undefined, hosts(files))));

describe("configurations of kubelets in a result", () => {
  test("are those of the nodes that answered, of the cluster and the time that the result names", async () => {
    const files = {
      "b/configz.json": configz.replace('"enabled": false', '"enabled": true'),
      "a/configz.json": configz,
      "a/healthz.json": '{"status":200}',
      "gone/configz.json": '{"message":"error trying to reach service: dial tcp: no route to host"}',
    };
    expect(await from(files)).toMatchObject({
      clusterUid: "uid-of-this-cluster",
      at: "2026-11-20T11:00:00Z",
      nodes: [
        { node: "a", settings: kubeadmKubelet },
        { node: "b", settings: { ...kubeadmKubelet, anonymous: true } },
      ],
    });
  });

  test("are read from an unpacked result as well, and absent where there are none", async () => {
    const folder = scratchFolder();
    writeFileSync(path.join(folder, "junit_01.xml"), run);
    expect(await importedNodes(folder)).toBeUndefined();
    mkdirSync(path.join(folder, "hosts", "a"), { recursive: true });
    writeFileSync(path.join(folder, "hosts", "a", "configz.json"), configz);
    expect((await importedNodes(folder))?.nodes).toEqual([{ node: "a", settings: kubeadmKubelet }]);
  });

  test("of a result without a time count for nothing", async () => {
    const undated = run.replace(/ timestamp="[^"]*"/, "");
    const bytes = await sonobuoyTarball(undated, undefined, undefined, hosts({ "a/configz.json": configz }));
    expect(await importedNodes(written("run.tar.gz", bytes))).toBeUndefined();
  });

  test("names that no node can have, and links, are not taken", async () => {
    expect(await from({ "EVIL\u001b[31m/configz.json": configz, "a/b/configz.json": configz })).toBeUndefined();
    const link = [{ name: "hosts/a/configz.json", type: "symlink" as const, linkname: "/etc/passwd" }];
    const bytes = await sonobuoyTarball(run, undefined, undefined, link);
    await expect(importedNodes(written("run.tar.gz", bytes))).rejects.toThrow(/as a symlink/);
  });
});

/** text, settings */
const strange: readonly (readonly [string, object | undefined])[] = [
  ["", undefined],
  ["[]", undefined],
  ['{"kubeletconfig": "none"}', undefined],
  ['{"kubeletconfig": {}}', { readOnlyPort: 0, rotateCertificates: false, serverTlsBootstrap: false, clientCa: false }],
  [
    '{"kubeletconfig": {"readOnlyPort": -1, "authorization": {"mode": "<script>"}, "authentication": [], "__proto__": {"x": 1}}}',
    { rotateCertificates: false, serverTlsBootstrap: false, clientCa: false },
  ],
  [
    '{"kubeletconfig": {"readOnlyPort": 10255, "serverTLSBootstrap": true}}',
    { readOnlyPort: 10255, rotateCertificates: false, serverTlsBootstrap: true, clientCa: false },
  ],
];

test.each(strange)("/configz %s", (text, settings) => {
  expect(kubeletConfigz(text)).toEqual(settings);
});
