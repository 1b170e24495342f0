import { existsSync } from "node:fs";
import path from "node:path";
import { builtFolder } from "./build.ts";

/**
 * What tests of the ring `control-plane` can use. `cluster`: an existing one, by its kubeconfig; `assets`: binaries of envtest
 * (no controller-manager, scheduler, kwok); `built`: everything, by `npm run testbed`; `none`: why, and what to do.
 */
export type TestbedSource =
  | { readonly kind: "cluster"; readonly kubeconfig: string }
  | { readonly kind: "assets" | "built"; readonly folder: string }
  | { readonly kind: "none"; readonly because: string };

/** Which source is in use: SCS_TEST_KUBECONFIG, else the binaries of {@link binarySource}. */
export function testbedSource(env: NodeJS.ProcessEnv = process.env): TestbedSource {
  const kubeconfig = env.SCS_TEST_KUBECONFIG;
  if (!kubeconfig) {
    return binarySource(env);
  }
  return existsSync(kubeconfig)
    ? { kind: "cluster", kubeconfig: path.resolve(kubeconfig) }
    : { kind: "none", because: `SCS_TEST_KUBECONFIG names ${kubeconfig}, which does not exist.` };
}

/** Which binaries a control plane of our own is started from: KUBEBUILDER_ASSETS, else the cache of `npm run testbed`. */
export function binarySource(env: NodeJS.ProcessEnv = process.env): Exclude<TestbedSource, { kind: "cluster" }> {
  const assets = env.KUBEBUILDER_ASSETS;
  if (assets) {
    const lacking = ["kube-apiserver", "etcd", "kubectl"].filter((name) => !existsSync(path.join(assets, name)));
    return lacking.length === 0
      ? { kind: "assets", folder: path.resolve(assets) }
      : { kind: "none", because: `KUBEBUILDER_ASSETS names ${assets}, which lacks ${lacking.join(", ")}.` };
  }
  const folder = builtFolder(env);
  return existsSync(folder)
    ? { kind: "built", folder }
    : {
        kind: "none",
        because: "The testbed's binaries are not built yet. Run `npm run testbed` (about five minutes).",
      };
}
