import { describe, expect, it } from "vitest";
import { parseFlavorName } from "../model/flavors/flavor-name.ts";
import { flavorNameOf } from "../model/flavors/flavor-text.ts";
import { differencesOf, type OfferedFlavor, propertiesOf } from "../model/flavors/standard-flavor.ts";
import { loadStandardFlavors } from "./flavors.ts";

const flavors = loadStandardFlavors();
const named = (name: string) => {
  const found = flavors.find((flavor) => flavor.name === name);
  if (!found) throw new Error(name);
  return found;
};

describe("the standard flavors", () => {
  it("are 15 mandatory ones, two of them for etcd and databases, and 16 recommended ones", () => {
    const count = (status: string) => flavors.filter((flavor) => flavor.status === status).length;
    expect([count("mandatory"), count("recommended")]).toEqual([15, 16]);
    const ssd = flavors.filter(({ standard }) => standard === "scs-0110-v1").map(({ name }) => name);
    expect(ssd).toEqual(["SCS-2V-4-20s", "SCS-4V-16-100s"]);
  });

  it.each(flavors)("$name is canonical, and its figures are those of its name", ({ name, cpus, memoryMib, diskGb }) => {
    const read = parseFlavorName(name);
    expect(read.kind).toBe("scs");
    if (read.kind !== "scs") return;
    expect(flavorNameOf(read.flavor)).toBe(name);
    expect([cpus, memoryMib, diskGb]).toEqual([read.flavor.cpus, read.flavor.ram * 1024, read.flavor.disk?.size]);
  });
});

/** A cloud's flavor that is right, but for what is given. */
function offered(name: string, over: Partial<OfferedFlavor> = {}, properties: Record<string, string> = {}) {
  const { cpus, memoryMib, diskGb = 0 } = named(name);
  const type = diskGb > 0 ? { "scs:disk0-type": "network" } : {};
  return { cpus, memoryMib, diskGb, ...over, properties: { ...type, ...propertiesOf(name), ...properties } };
}

describe("a cloud's flavor of that name", () => {
  it.each(flavors)("$name as in the table is right", ({ name }) => {
    expect(differencesOf(named(name), offered(name))).toEqual([]);
  });

  it.each<[string, OfferedFlavor, string]>([
    ["SCS-1V-4", offered("SCS-1V-4", {}, { "scs:cpu-type": "crowded-core" }), "scs:cpu-type"],
    ["SCS-2V-8", offered("SCS-2V-8", {}, { "scs:name-v1": "SCS-2V-8" }), "scs:name-v1"],
    ["SCS-4V-16", offered("SCS-4V-16", { memoryMib: 12 * 1024 }), "memory (MiB)"],
    ["SCS-8V-32", offered("SCS-8V-32", { diskGb: 128 }), "disk (GB)"],
    ["SCS-1V-2", offered("SCS-1V-2", { cpus: 2 }), "cpus"],
    ["SCS-4V-16-100s", offered("SCS-4V-16-100s", { diskGb: 10 }), "disk (GB)"],
    ["SCS-1V-2", offered("SCS-1V-2", {}, { "scs:disk0-type": "ssd" }), "scs:disk0-type"],
  ])("%s with one thing wrong is reported", (name, flavor, what) => {
    expect(differencesOf(named(name), flavor).map((difference) => difference.what)).toEqual([what]);
  });

  it.each(["SCS-2V-4-20s", "SCS-2V-4-10"])("%s without the type of its disk is reported", (name) => {
    const { "scs:disk0-type": _, ...properties } = offered(name).properties;
    expect(differencesOf(named(name), { ...offered(name), properties })).toMatchObject([{ what: "scs:disk0-type" }]);
  });

  it("has the properties that follow from the name", () => {
    expect(propertiesOf("SCS-2V-4-20s")).toEqual({
      "scs:cpu-type": "shared-core",
      "scs:disk0-type": "ssd",
      "scs:name-v1": "SCS-2V:4:20s",
      "scs:name-v2": "SCS-2V-4-20s",
    });
    expect(propertiesOf("m1.small")).toEqual({});
  });
});
