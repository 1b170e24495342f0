/** Kubernetes releases, ends of life and CVEs: dated facts that are given to a run, ours or the caller's. */
import releases from "../../standards/data/kubernetes-releases.json?raw";
import { digestOf } from "../model/digest.ts";
import { KubernetesReleasesFact } from "../model/facts/inputs.ts";
import { UsageError } from "../model/faults.ts";
import { parseInstant } from "../model/instant.ts";
import type { CalendarDate, Sha256 } from "../model/vocabulary.ts";
import { inOrder } from "./in-order.ts";
import { type Located, locate } from "./located.ts";
import { schemaFaults } from "./schema-faults.ts";

export interface KubernetesReleases {
  /** The day the data speak of. */
  readonly date: CalendarDate;
  /** Digest of the canonical form of `value`. */
  readonly sha256: Sha256;
  readonly value: KubernetesReleasesFact;
}

/** Reads the data, by default those the suite carries. Throws UsageError with every fault, each with line and column. */
export function loadKubernetesReleases(
  text: string = releases,
  file = "standards/data/kubernetes-releases.json",
): KubernetesReleases {
  if (text === releases) return dated(JSON.parse(text) as KubernetesReleasesFact);
  return dated(readReleases(file, text));
}

function dated(value: KubernetesReleasesFact): KubernetesReleases {
  return { date: value.date, sha256: digestOf(value), value };
}

/** The data from a text, with every fault looked for. */
export function readReleases(file: string, text: string): KubernetesReleasesFact {
  const located = locate(file, text);
  const shape = [
    ...located.faults,
    ...(located.value === undefined ? [] : schemaFaults(KubernetesReleasesFact, located)),
  ];
  const faults = shape.length > 0 ? shape : contentFaults(located.value as KubernetesReleasesFact, located);
  if (faults.length > 0) throw new UsageError(inOrder(faults), "Compare with the file that `data show` prints.");
  return located.value as KubernetesReleasesFact;
}

function contentFaults(data: KubernetesReleasesFact, located: Located) {
  return [
    ...(parseInstant(data.date) ? [] : [located.at(["date"], `${data.date} is not a day of the calendar`)]),
    ...data.releases.flatMap(({ version, released, precision }, index) => {
      const path = ["releases", index];
      const twice = data.releases.findIndex((other) => other.version === version) < index;
      const day = /^\d{4}-\d{2}-\d{2}$/.test(released);
      return [
        ...(/^\d+\.\d+\.\d+$/.test(version)
          ? []
          : [located.at([...path, "version"], `"${version}" is not a release such as 1.36.4`)]),
        ...(twice ? [located.at([...path, "version"], `the release ${version} stands here twice`)] : []),
        ...(parseInstant(released) && day === (precision === "day")
          ? []
          : [located.at([...path, "released"], `"${released}" is not a time of precision ${precision}`)]),
      ];
    }),
  ];
}
