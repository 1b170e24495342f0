/** Limits of the admission plugin EventRateLimit, out of an AdmissionConfiguration (apiserver.config.k8s.io/v1). */
import type { Static } from "@sinclair/typebox";
import type { EventLimit } from "../model/facts/managed-control-plane.ts";
import { parsePlainYaml } from "./plain-yaml.ts";
import { countAt, listAt, textAt, valueAt } from "./untrusted.ts";

type Limit = Static<typeof EventLimit>;

const types: ReadonlySet<string> = new Set(["Server", "Namespace", "User", "SourceAndObject"]);

/** Reads a file that the configuration names by its path. */
export type ReadText = (path: string) => string | undefined;

/** Undefined when the file is not there, is no such configuration, or does not configure the plugin. */
export function limitsInFile(path: string, textOf: ReadText): readonly Limit[] | undefined {
  const plugins = listAt(parsePlainYaml(textOf(path)), "plugins");
  const own = plugins.find((plugin) => textAt(plugin, "name") === "EventRateLimit");
  if (own === undefined) return undefined;
  const elsewhere = textAt(own, "path");
  return limitsOf(valueAt(own, "configuration") ?? (elsewhere && parsePlainYaml(textOf(beside(path, elsewhere)))));
}

/** Of the plugin's own configuration; only its numbers are kept. */
export function limitsOf(configuration: unknown): readonly Limit[] | undefined {
  const limits = listAt(configuration, "limits").slice(0, 20);
  if (limits.length === 0) return undefined;
  return limits.flatMap((limit) => {
    const type = textAt(limit, "type") ?? "";
    if (!types.has(type)) return [];
    const [qps, burst] = [countAt(limit, "qps"), countAt(limit, "burst")];
    return [{ type, ...(qps === undefined ? {} : { qps }), ...(burst === undefined ? {} : { burst }) } as Limit];
  });
}

/** A path in the configuration counts from the configuration's own folder. */
function beside(path: string, other: string): string {
  return other.startsWith("/") ? other : `${path.slice(0, path.lastIndexOf("/") + 1)}${other.replace(/^\.\//, "")}`;
}
