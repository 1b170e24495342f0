/** All that the files of one result said, before it is held against the lists. */
import type { ConformanceResultsFact } from "../model/facts/inputs.ts";
import type { KubeletSettings } from "../model/facts/kubelet.ts";
import type { E2eLog } from "./e2e-log.ts";
import type { SuiteRun } from "./suite-run.ts";

export type Product = NonNullable<ConformanceResultsFact["product"]>;

export interface ResultParts {
  readonly run: SuiteRun;
  /** Read from JUnit, not from Sonobuoy's tree of results. */
  readonly fromJunit: boolean;
  readonly log?: E2eLog;
  readonly apiServerVersion?: string;
  readonly clusterUid?: string;
  readonly sonobuoy?: string;
  readonly product?: Product;
  /** Image of a run that we started ourselves. */
  readonly ownImage?: string;
  /** Settings of kubelets by node. */
  readonly kubelets: ReadonlyMap<string, KubeletSettings>;
  /** Milliseconds since the epoch at which its files were written. */
  readonly modified?: number;
  /** Whether it has the form that Sonobuoy gives it. */
  readonly sonobuoyLayout: boolean;
}
