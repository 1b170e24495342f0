/** The metrics that a recording has to hold: those that the probes keep. */
export { keptMetrics } from "../../probes/kept-metrics.ts";
