/**
 * Finds a cloud's entry in clouds.yaml and secure.yaml, as openstacksdk does ("Configuring OpenStack SDK Applications"):
 * OS_CLIENT_CONFIG_FILE, then the current folder, ~/.config/openstack, /etc/openstack; the first file of each name counts.
 */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Environment } from "../http/environment.ts";
import { readSettingsFile } from "../http/settings-file.ts";
import { UsageError } from "../model/faults.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";

export interface CloudsFileOptions {
  /** The name of the cloud in clouds.yaml. */
  readonly cloud: string;
  /** `process.env` by default. */
  readonly environment?: Environment;
  /** Where `~` is; the user's home by default. */
  readonly home?: string;
  /** The current folder by default. */
  readonly workingFolder?: string;
  /** `/etc/openstack` by default. */
  readonly systemFolder?: string;
}

/** A cloud as written, secrets of secure.yaml laid over it, and the folder that its relative paths start from. */
export interface CloudEntry {
  readonly name: string;
  readonly value: JsonObject;
  readonly folder: string;
}

export function textOf(value: JsonObject, key: string): string | undefined {
  const text = value[key];
  return typeof text === "string" && text !== "" ? text : undefined;
}

const advice = "name the file with OS_CLIENT_CONFIG_FILE, or put it into ~/.config/openstack";

/** The first file of that name there is, both endings. A file named by the environment has to be there. */
function found(named: string | undefined, base: string, folders: readonly string[]): string | undefined {
  if (named !== undefined && named !== "") return resolve(folders[0] ?? ".", named);
  return folders.flatMap((folder) => [".yaml", ".yml"].map((ending) => join(folder, base + ending))).find(existsSync);
}

function laidOver(below: JsonObject, above: JsonObject): JsonObject {
  const merged: { [key: string]: JsonObject[string] } = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const old = Object.hasOwn(below, key) ? below[key] : undefined;
    merged[key] = isJsonObject(old) && isJsonObject(value) ? laidOver(old, value) : value;
  }
  return merged;
}

function cloudsIn(file: string, name: string): JsonObject {
  const { clouds } = readSettingsFile(file, { name, advice });
  if (clouds === undefined || clouds === null) return {};
  if (!isJsonObject(clouds)) throw new UsageError([{ file, message: "`clouds` is not a mapping" }], advice);
  return clouds;
}

const entryOf = (clouds: JsonObject, name: string) => (Object.hasOwn(clouds, name) ? clouds[name] : undefined);

/** @throws UsageError, one clear line: no file, not readable, not YAML, or no cloud of that name in it */
export function cloudEntry(options: CloudsFileOptions): CloudEntry {
  const environment = options.environment ?? process.env;
  const working = options.workingFolder ?? process.cwd();
  const folders = [
    working,
    join(options.home ?? homedir(), ".config", "openstack"),
    options.systemFolder ?? "/etc/openstack",
  ];
  const file = found(environment.OS_CLIENT_CONFIG_FILE, "clouds", folders);
  if (file === undefined) throw new UsageError("there is no clouds.yaml", advice);
  const clouds = cloudsIn(file, "clouds.yaml");
  const value = entryOf(clouds, options.cloud);
  if (!isJsonObject(value)) {
    const known = Object.keys(clouds)
      .slice(0, 20)
      .map((name) => JSON.stringify(name));
    const message = `this clouds.yaml has no cloud ${JSON.stringify(options.cloud)}`;
    throw new UsageError([{ file, message }], known.length > 0 ? `it has ${known.join(", ")}` : advice);
  }
  const secure = found(environment.OS_CLIENT_SECURE_FILE, "secure", folders);
  const secrets = secure === undefined ? undefined : entryOf(cloudsIn(secure, "secure.yaml"), options.cloud);
  return {
    name: options.cloud,
    value: isJsonObject(secrets) ? laidOver(value, secrets) : value,
    folder: dirname(file),
  };
}
