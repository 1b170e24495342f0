/** Facts that do not come from the cluster but are given: conformance results, release and CVE data. */
import { type Static, Type } from "@sinclair/typebox";
import { CalendarDate, Instant, Sha256 } from "../vocabulary.ts";
import { KubeletSettings } from "./kubelet.ts";

const names = Type.Array(Type.String());

/** A finished run of the upstream e2e suite, reduced to what judging needs. Names are compared within one minor only. */
export const ConformanceResultsFact = Type.Object({
  tool: Type.String(),
  /** SHA-256 of the file or archive that was imported. */
  source: Sha256,
  finishedAt: Instant,
  /** True when no file of the result tells the time: `finishedAt` is then when its files were written, at the earliest. */
  undated: Type.Optional(Type.Boolean()),
  /** Version of the API server that was tested, when the result says so. */
  kubernetesVersion: Type.Optional(Type.String()),
  clusterUid: Type.Optional(Type.String()),
  /** The product that a CNCF submission names (PRODUCT.yaml). */
  product: Type.Optional(Type.Object({ vendor: Type.String(), name: Type.String(), version: Type.String() })),
  /** Whose result it is on the word of the importer, who signs with this key: for results that name nothing themselves. */
  statement: Type.Optional(Type.Object({ subject: Type.String(), signedBy: Type.String() })),
  run: Type.Object({
    dryRun: Type.Boolean(),
    parallel: Type.Boolean(),
    flakeAttempts: Type.Integer({ minimum: 1 }),
    focus: names,
    skip: names,
    /** Specs that failed before they passed, as the log counts them; absent when no log says. */
    flaked: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  executed: Type.Integer({ minimum: 0 }),
  /** The conformance specs of the minor, by name; absent when the run was not about them. */
  conformance: Type.Optional(
    Type.Object({
      /** `1.37`, or `unknown`. */
      minor: Type.String(),
      /** How many the list of the minor names; 0 when the list is not known. */
      required: Type.Integer({ minimum: 0 }),
      passed: Type.Integer({ minimum: 0 }),
      failed: names,
      notExecuted: names,
      flaked: names,
    }),
  ),
  /** The NetworkPolicy specs; absent when the run was not about them. */
  networkPolicy: Type.Optional(
    Type.Object({
      minor: Type.String(),
      /** How many the list of the minor names; absent when the list is not known. */
      required: Type.Optional(Type.Integer({ minimum: 1 })),
      passed: names,
      failed: names,
      notExecuted: names,
      flaked: names,
    }),
  ),
});
export type ConformanceResultsFact = Static<typeof ConformanceResultsFact>;

/**
 * Configurations of kubelets as Sonobuoy asked each for it (`/configz`), out of a given result. `/configz` leaves out zero
 * values, so that every setting is stated here.
 */
export const NodeConfigurationFact = Type.Object({
  /** SHA-256 of the file or archive that was imported. */
  source: Sha256,
  /** The end of the run; the kubelets were asked thereafter. */
  at: Instant,
  clusterUid: Type.Optional(Type.String()),
  nodes: Type.Array(Type.Object({ node: Type.String(), settings: KubeletSettings })),
});
export type NodeConfigurationFact = Static<typeof NodeConfigurationFact>;

/** One time at which a release may have happened, and where that is from. */
export const ReleaseEvidence = Type.Object({ basis: Type.String(), time: Type.String() });

/** Kubernetes releases, end of life and CVEs, as dated facts (standards/data). */
export const KubernetesReleasesFact = Type.Object({
  /** The day the releases and ends of life speak of. */
  date: CalendarDate,
  /** The day up to which CVEs are known, when it is another one. */
  cvesDate: Type.Optional(CalendarDate),
  minors: Type.Array(
    Type.Object({
      minor: Type.String(),
      released: Type.Optional(CalendarDate),
      endOfLifePlanned: Type.Optional(CalendarDate),
      endOfLifeRecorded: Type.Optional(CalendarDate),
    }),
  ),
  releases: Type.Array(
    Type.Object({
      version: Type.String(),
      released: Type.String(),
      precision: Type.Union([Type.Literal("second"), Type.Literal("day")]),
      basis: Type.String(),
      evidence: Type.Array(ReleaseEvidence),
    }),
  ),
  cves: Type.Array(
    Type.Object({
      id: Type.String(),
      score: Type.Union([Type.Number(), Type.Null()]),
      /** Inclusive lower, exclusive upper bound; either may be open (null). */
      affected: Type.Array(
        Type.Object({
          from: Type.Union([Type.String(), Type.Null()]),
          before: Type.Union([Type.String(), Type.Null()]),
        }),
      ),
      fixed: names,
    }),
  ),
});
export type KubernetesReleasesFact = Static<typeof KubernetesReleasesFact>;
