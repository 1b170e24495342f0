/** A remedy is worth something where the reader's own platform is named, and who can change what the reader cannot. */
import { describe, expect, test } from "vitest";
import { checks } from "../../checks/index.ts";
import type { AnyCheck } from "../../src/model/check.ts";
import type { PlatformName } from "../../src/model/vocabulary.ts";

/** Facts that tell of the control plane: what they disprove is mended there. */
const ofTheControlPlane =
  /^(kube\/(control-plane-pods|node-args|flagz|readyz|api-server-\w+|serving-certificate|cluster-ca|compaction-horizon|flow-control-headers)|management\/(control-plane|machines))$/;
const mended = ({ needs: { all = [], oneOf = [] } }: AnyCheck): boolean =>
  [...all, ...oneOf.flat()].some((fact) => ofTheControlPlane.test(fact));

/** Whoever has the cluster changes its control plane here ... */
const own: readonly PlatformName[] = ["kubeadm", "cluster-api", "rke2", "k3s", "talos"];
/** ... and here somebody else does, or a field that the platform offers. */
const others: readonly PlatformName[] = ["gardener", "hosted", "managed"];
const who =
  /\b(ask|declare|declaration|operator|provider)\b|`[^`]+`|by itself|TenantControlPlane|Shoot|where they are made|outside the cluster/i;

const texts = ({ remediation: { text, platforms = {} } }: AnyCheck): readonly string[] => [
  text,
  ...Object.values(platforms),
];

const byId = (list: readonly AnyCheck[]) => list.map((check) => [check.id, check] as const);

test.each(byId(checks.filter(mended)))("%s says for every platform what mends it, or who can", (_, check) => {
  const named = Object.keys(check.remediation.platforms ?? {});
  expect(named).toEqual(expect.arrayContaining([...own, ...others]));
  for (const platform of others) expect(check.remediation.platforms?.[platform], platform).toMatch(who);
});

describe.each(byId(checks))("%s", (_, check) => {
  test("uses whole sentences and no word that leaves the reader alone", () => {
    for (const text of [...texts(check), check.why, check.looksAt, ...(check.accepted ?? [])]) {
      expect(text, "a whole sentence").toMatch(/^[`A-Za-z"].*[.]$/s);
      expect(text).not.toMatch(
        /\b(properly|appropriate(ly)?|as needed|etc\.|and so on|somehow|correctly configured)\b/i,
      );
    }
  });

  test("says where it is weak or may be wrong", () => {
    expect(check.accepted ?? []).not.toEqual([]);
  });
});

test("checks whose remedy is in the control plane were found", () => {
  expect(checks.filter(mended).length).toBeGreaterThan(15);
});
