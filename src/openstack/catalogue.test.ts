import { describe, expect, it } from "vitest";
import type { CloudService } from "../model/cloud.ts";
import { addressIn } from "./catalogue.ts";
import type { CloudSettings } from "./cloud-settings.ts";

const settings = (over: Partial<CloudSettings> = {}): CloudSettings => ({
  name: "c",
  identity: new URL("https://keystone.test"),
  auth: { body: "{}", confidential: [] },
  region: "R1",
  interface: "public",
  certificateAuthority: undefined,
  overrides: {},
  ...over,
});
const at = (url: string, region = "R1", name = "public") => ({ interface: name, region_id: region, url });
const catalogue = (type: string, ...endpoints: object[]) => [{ type, endpoints }];

describe("addressIn", () => {
  it.each<[string, CloudService, object[], Partial<CloudSettings>, string]>([
    ["compute as it stands", "compute", catalogue("compute", at("https://n.test/v2.1/")), {}, "https://n.test/v2.1"],
    ["without the version of ours", "network", catalogue("network", at("https://n.test/v2.0/")), {}, "https://n.test/"],
    ["below a path", "load-balancer", catalogue("load-balancer", at("https://a.test/lb/v2")), {}, "https://a.test/lb"],
    ["the old type of Cinder", "volume", catalogue("volumev3", at("https://c.test/v3/p")), {}, "https://c.test/v3/p"],
    [
      "region and interface",
      "compute",
      catalogue("compute", at("https://x.test", "R2"), at("https://y.test", "R1", "internal"), at("https://z.test")),
      {},
      "https://z.test/",
    ],
    [
      "the only region",
      "compute",
      catalogue("compute", at("https://x.test", "R9")),
      { region: undefined },
      "https://x.test/",
    ],
    ["loopback without TLS", "compute", catalogue("compute", at("http://127.0.0.1:1")), {}, "http://127.0.0.1:1/"],
    ["an override", "compute", [], { overrides: { compute: new URL("https://o.test/v2.1") } }, "https://o.test/v2.1"],
    ["Keystone by clouds.yaml", "identity", [], {}, "https://keystone.test/"],
  ])("takes %s", (_, service, entries, over, expected) => {
    const address = addressIn(entries, service, settings(over));
    expect(address.ok && address.value.href).toBe(expected);
  });

  it.each<[string, unknown, Partial<CloudSettings>, string, RegExp]>([
    ["a cloud without it", [], {}, "not-served", /no Nova$/],
    ["no catalogue", "none", {}, "not-served", /no Nova$/],
    ["another region", catalogue("compute", at("https://x.test", "R2")), {}, "not-served", /no public address of Nova/],
    [
      "several regions and no choice",
      catalogue("compute", at("https://x.test", "R1"), at("https://y.test", "R2")),
      { region: undefined },
      "not-served",
      /2 regions, and clouds\.yaml names none/,
    ],
    ["plain http", catalogue("compute", at("http://n.test")), {}, "tls", /not https, so no token is sent/],
    ["another scheme", catalogue("compute", at("file:///etc/passwd")), {}, "tls", /not https/],
    ["no URL", catalogue("compute", at("nova")), {}, "malformed", /not a URL/],
    ["strange members", catalogue("compute", { url: 1 }, { interface: "public" }), {}, "not-served", /no Nova/],
  ])("refuses %s", (_, entries, over, reason, message) => {
    const address = addressIn(entries, "compute", settings(over));
    expect(address).toMatchObject({ ok: false, reason });
    expect(!address.ok && address.message).toMatch(message);
  });
});
