import { describe, expect, it } from "vitest";
import { gatherCloud } from "../../support/openstack/gathered-cloud.ts";

const flavor = (name: string, more: object = {}) => ({
  id: `id-${name}`,
  name,
  vcpus: 2,
  ram: 4096,
  disk: 20,
  "os-flavor-access:is_public": true,
  extra_specs: { "scs:name-v2": name, "hw:cpu_policy": "dedicated" },
  ...more,
});

describe("the flavors of a cloud", () => {
  it("are told with their figures and the extra specs of SCS", async () => {
    const flavors = [flavor("b", { "os-flavor-access:is_public": false }), flavor("a", { extra_specs: undefined })];
    const { value, cloud } = await gatherCloud({ contents: { flavors } }, ["cloud/flavors"]);
    expect(value("cloud/flavors").flavors).toEqual([
      { name: "a", cpus: 2, memoryMib: 4096, diskGb: 20, public: true },
      { name: "b", cpus: 2, memoryMib: 4096, diskGb: 20, public: false, extraSpecs: { "scs:name-v2": "b" } },
    ]);
    expect(cloud.imitation.server.requests.at(-1)?.headers["openstack-api-version"]).toBe("compute 2.61");
  });

  it.each([{ vcpus: "2" }, { ram: -1 }, { disk: 1.5 }, { name: 7 }])("with %j are malformed", async (more) => {
    const { reason } = await gatherCloud({ contents: { flavors: [flavor("a", more)] } }, ["cloud/flavors"]);
    expect(reason("cloud/flavors")).toBe("malformed");
  });
});

describe("the volume types of a cloud", () => {
  const type = (id: string, description: string | null, extra_specs: object = {}) => ({
    id,
    name: `name-${id}`,
    description,
    extra_specs,
  });
  it("are told with what their descriptions begin with", async () => {
    const volumeTypes = [
      type("1", "[scs:encrypted, replicated] three times"),
      type("2", "not [scs:replicated] at its beginning"),
      type("3", null, { replication_enabled: "<is> True" }),
      type("4", "[scs:replicated"),
    ];
    const contents = { volumeTypes, defaultVolumeType: "name-3" };
    const { value } = await gatherCloud({ contents }, ["cloud/volume-types"]);
    expect(value("cloud/volume-types")).toEqual({
      defaultType: "3",
      types: [
        { id: "1", name: "name-1", aspects: ["encrypted", "replicated"], replicationEnabled: false },
        { id: "2", name: "name-2", aspects: [], replicationEnabled: false },
        { id: "3", name: "name-3", aspects: [], replicationEnabled: true },
        { id: "4", name: "name-4", aspects: [], replicationEnabled: false },
      ],
    });
  });

  it("may have no default, and Cinder may be missing", async () => {
    const { value } = await gatherCloud({ contents: { volumeTypes: [type("1", "")] } }, ["cloud/volume-types"]);
    expect(value("cloud/volume-types").defaultType).toBeUndefined();
    const instead = (_: unknown, path: string) => (path.startsWith("/volume") ? { status: 404 } : undefined);
    expect((await gatherCloud({ instead }, ["cloud/volume-types"])).reason("cloud/volume-types")).toBe("not-found");
  });
});

it.each(["cloud/flavors", "cloud/volume-types", "cloud/api-load-balancer"] as const)(
  "%s of a cloud in which no node's server was found may be another cloud's",
  async (id) => {
    const contents = { servers: [], flavors: [flavor("a")], volumeTypes: [] };
    const { gathering } = await gatherCloud({ contents }, [id]);
    const resolve = "nodes whose servers stand in this cloud";
    expect(gathering.items[id]).toMatchObject({ reason: "not-visible", resolve });
  },
);
