/** Options that say which cluster is looked at, and from where else. */
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type ClusterOptions,
  durationOption,
  imageOption,
  type ManagementOptions,
  namespaceOption,
  objectNameOption,
} from "../app/options.ts";
import { UsageError } from "../model/faults.ts";
import { text, type Values } from "./option-groups.ts";

export function addClusterOptions(command: Command): Command {
  return command
    .addOption(new Option("--kubeconfig <file>", "kubeconfig (default: KUBECONFIG, ~/.kube/config, in-cluster)"))
    .addOption(new Option("--context <name>", "context of the kubeconfig (default: its current one)"))
    .addOption(duration("--timeout", "longest time for all looking (default: 10m, and what `plan` says for what acts)"))
    .addOption(requestTimeoutOption("10s"))
    .addOption(new Option("--max-requests-per-second <n>", "spare the API server").argParser(positive));
}

/** From where else to look at the same cluster. */
export function addViewOptions(command: Command): Command {
  return command
    .addOption(new Option("--management-kubeconfig <file>", "also look at the management cluster of this cluster"))
    .addOption(new Option("--management-context <name>", "context of that kubeconfig (default: its current one)"))
    .addOption(
      new Option("--cluster <namespace/name>", "which of its clusters this is (default: found by itself)").argParser(
        (given) => objectNameOption("--cluster", given),
      ),
    )
    .addOption(
      new Option("--openstack-cloud <name>", "also look at the OpenStack cloud below, by its name in clouds.yaml"),
    );
}

/** Where and with what tiers active and system act. */
export function addActingOptions(command: Command): Command {
  const namespace = "the only namespace to act in, for who may not make one (default: the run makes its own)";
  const image = "image of the run's pods, best by digest, or `nodes` for one that all nodes have (default: agnhost)";
  return command
    .addOption(namespaceToActIn(namespace))
    .addOption(new Option("--image <reference>", image).argParser((given) => imageOption("--image", given)));
}

export function namespaceToActIn(what: string): Option {
  return new Option("--namespace <name>", what).argParser((given) => namespaceOption("--namespace", given));
}

function actingOptions(values: Values): Pick<ClusterOptions, "acting"> {
  return { acting: { namespace: text(values.namespace), image: text(values.image) } };
}

export function clusterOptions(values: Values): ClusterOptions {
  return {
    kubeconfig: text(values.kubeconfig),
    context: text(values.context),
    timeout: values.timeout as number | undefined,
    requestTimeout: values.requestTimeout as number,
    maxRequestsPerSecond: values.maxRequestsPerSecond as number | undefined,
    ...viewOptions(values),
    ...actingOptions(values),
  };
}

function viewOptions(values: Values): Pick<ClusterOptions, "management" | "openstackCloud"> {
  return { ...managementOptions(values), openstackCloud: text(values.openstackCloud) };
}

function managementOptions(values: Values): Pick<ClusterOptions, "management"> {
  const kubeconfig = text(values.managementKubeconfig);
  const context = text(values.managementContext);
  const cluster = values.cluster as ManagementOptions["cluster"];
  if (kubeconfig !== undefined) return { management: { kubeconfig, context, cluster } };
  if (context === undefined && cluster === undefined) return {};
  throw new UsageError(
    `${context === undefined ? "--cluster" : "--management-context"} chooses in a management cluster, and none was given.`,
    "Name its kubeconfig with --management-kubeconfig FILE.",
  );
}

export function requestTimeoutOption(standing: string): Option {
  return duration("--request-timeout", "longest time for one request", standing);
}

function duration(name: string, description: string, standing?: string): Option {
  const made = new Option(`${name} <duration>`, description).argParser((given) => durationOption(name, given));
  return standing === undefined ? made : made.default(durationOption(name, standing), standing);
}

function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0 && Number.isFinite(number))) throw new InvalidArgumentError("It takes a number above 0.");
  return number;
}
