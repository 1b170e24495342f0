/** What a result holds, as a person reads it. Its strings are anybody's. */
import { printable } from "../importers/limits.ts";
import type { ConformanceResultsFact } from "../model/facts/inputs.ts";
import type { ReadResults } from "./conformance-results.ts";

const mostNames = 20;

export function foundLines({ file, value, nodes }: ReadResults): readonly string[] {
  const { conformance, networkPolicy } = value;
  return [
    `${printable(file)}: ${[value.tool, ...identity(value)].map(printable).join(", ")}`,
    `  ${runLine(value)}`,
    ...(conformance
      ? [
          `  conformance specs of ${minorText(conformance.minor)}: ${[
            conformance.required === 0 ? "required not known" : `${conformance.required} required`,
            `${conformance.passed} passed`,
            `${conformance.failed.length} failed`,
            `${conformance.notExecuted.length} not executed`,
          ].join(", ")}`,
          ...names("failed", conformance.failed),
          ...(conformance.required === 0 ? [] : names("not executed", conformance.notExecuted)),
        ]
      : []),
    ...(networkPolicy
      ? [
          `  NetworkPolicy specs of ${minorText(networkPolicy.minor)}: ${[
            networkPolicy.required === undefined ? "required not known" : `${networkPolicy.required} required`,
            `${networkPolicy.passed.length} passed`,
            `${networkPolicy.failed.length} failed`,
            `${networkPolicy.notExecuted.length} not executed`,
          ].join(", ")}`,
          ...names("failed", networkPolicy.failed),
          ...names("not executed", networkPolicy.notExecuted),
        ]
      : []),
    ...(nodes ? [`  configuration of ${nodes.nodes.length} kubelets`] : []),
    "",
  ];
}

function identity({ kubernetesVersion, clusterUid, product, finishedAt, undated }: ConformanceResultsFact) {
  const named = [
    ...(kubernetesVersion === undefined ? [] : [`Kubernetes ${kubernetesVersion}`]),
    ...(clusterUid === undefined ? [] : [`cluster ${clusterUid}`]),
    ...(product === undefined ? [] : [`product ${product.vendor} ${product.name} ${product.version}`]),
  ];
  const ended = undated === true ? `no time told, files of ${finishedAt}` : `finished ${finishedAt}`;
  return [ended, ...(named.length > 0 ? named : ["names neither cluster nor version"])];
}

function runLine({ run, executed }: ConformanceResultsFact): string {
  const flaked = run.flaked === undefined ? "flakes not told" : `${run.flaked} flaked`;
  return [
    `${executed} specs ${run.dryRun ? "in a DRY RUN, which executes nothing" : "executed"}`,
    run.parallel ? "in parallel" : "one after the other",
    ...(run.flakeAttempts > 1 ? [`${run.flakeAttempts} attempts each`] : []),
    ...(run.focus.length > 0 ? [`focus ${run.focus.join(", ")}`] : []),
    ...(run.skip.length > 0 ? [`skip ${run.skip.join(", ")}`] : []),
    flaked,
  ]
    .map(printable)
    .join(", ");
}

function names(word: string, specs: readonly string[]): readonly string[] {
  const shown = specs.slice(0, mostNames).map((name) => `    ${word}: ${printable(name)}`);
  const left = specs.length - shown.length;
  return left > 0 ? [...shown, `    ${word}: ${left} more, all of them in evidence.json`] : shown;
}

const minorText = (minor: string): string => (minor === "unknown" ? "a minor that nothing tells" : minor);
