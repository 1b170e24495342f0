/** package-lock.json names what every platform needs: `npm ci` refuses one that lacks packages of other platforms. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { root } from "../support/architecture/project-files.ts";

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

const { packages } = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as Lock;

/** Looks as Node does: beside the package that asks, then outwards. */
function versionFor(asker: string, name: string): string | undefined {
  const found = packages[`${asker}${asker === "" ? "" : "/"}node_modules/${name}`];
  if (found || asker === "") return found?.version;
  return versionFor(asker.slice(0, Math.max(0, asker.lastIndexOf("node_modules/") - 1)), name);
}

it("has an entry for each optional dependency, in the version asked for", () => {
  const lacking = Object.entries(packages).flatMap(([asker, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies).flatMap(([name, wanted]) => {
      const version = versionFor(asker, name);
      const fits = /^\d/.test(wanted) ? version === wanted : version !== undefined;
      return fits ? [] : [`${name} ${wanted} for ${asker}`];
    }),
  );
  expect(lacking).toEqual([]);
});
