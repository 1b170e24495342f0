/** Control planes that run in the management cluster itself: TenantControlPlane of Kamaji, Shoot of Gardener. */
import type { ManagementControlPlaneFact } from "../model/facts/managed-control-plane.ts";
import { limitsOf } from "./event-limits.ts";
import { type GivenFlag, keep, parseArguments } from "./flags.ts";
import { countAt, instantOf, listAt, textAt, valueAt } from "./untrusted.ts";

type Fact = Omit<ManagementControlPlaneFact, "kind" | "apiVersion">;

/** Kamaji writes the list of admission plugins itself; extra arguments come after it and win. */
export function tenantControlPlane(object: unknown): Fact {
  const plugins = listAt(object, "spec", "kubernetes", "admissionControllers").filter(
    (name) => typeof name === "string",
  );
  const written: GivenFlag[] = plugins.length === 0 ? [] : [["enable-admission-plugins", plugins.join(",")]];
  const extra = parseArguments(listAt(object, "spec", "controlPlane", "deployment", "extraArgs", "apiServer"));
  const overridden = extra.some(([name]) => name === "enable-admission-plugins");
  const replicas = countAt(object, "spec", "controlPlane", "deployment", "replicas");
  return {
    ...(replicas === undefined ? {} : { replicas }),
    rolledOut: textAt(object, "status", "kubernetesResources", "version", "status") === "Ready",
    apiServer: keep([...(overridden ? [] : written), ...extra]),
    hidesFlags: false,
  };
}

const tolerances = { node: "node", zone: "zone" } as const;

/** Gardener writes further flags by itself, so what is not in the Shoot may be set all the same. */
export function shootControlPlane(object: unknown): Fact {
  const server = valueAt(object, "spec", "kubernetes", "kubeAPIServer");
  const plugins = listAt(server, "admissionPlugins").filter((plugin) => valueAt(plugin, "disabled") !== true);
  const names = plugins.flatMap((plugin) => textAt(plugin, "name") ?? []);
  const rateLimit = plugins.find((plugin) => textAt(plugin, "name") === "EventRateLimit");
  const limits = limitsOf(valueAt(rateLimit, "config"));
  const numbers: readonly (readonly [string, number | undefined])[] = [
    ["max-requests-inflight", countAt(server, "requests", "maxNonMutatingInflight")],
    ["max-mutating-requests-inflight", countAt(server, "requests", "maxMutatingInflight")],
  ];
  const tolerance = textAt(object, "spec", "controlPlane", "highAvailability", "failureTolerance", "type");
  const rotated = instantOf(
    object,
    "status",
    "credentials",
    "rotation",
    "certificateAuthorities",
    "lastCompletionTime",
  );
  return {
    rolledOut:
      countAt(object, "metadata", "generation") === countAt(object, "status", "observedGeneration") &&
      textAt(object, "status", "lastOperation", "state") === "Succeeded",
    apiServer: keep([
      ...numbers.flatMap(([name, value]): GivenFlag[] => (value === undefined ? [] : [[name, String(value)]])),
      ...(names.length === 0 ? [] : [["enable-admission-plugins", names.join(",")] as const]),
    ]),
    hidesFlags: true,
    ...(limits === undefined ? {} : { eventLimits: [...limits] }),
    ...(tolerance === "node" || tolerance === "zone" ? { failureTolerance: tolerances[tolerance] } : {}),
    ...(rotated === undefined ? {} : { caRotatedAt: rotated }),
  };
}
