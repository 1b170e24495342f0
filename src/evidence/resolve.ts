/** Why a fact is missing, in our words: what was wrong, and what would bring the fact. */
import { rightsOf } from "../model/acting-rights.ts";
import type { AnyProbe } from "../model/probe.ts";
import { describeRight } from "../model/right-text.ts";
import { viewNames, viewOptions } from "../model/views.ts";
import type { UnavailableReason } from "../model/vocabulary.ts";

/** Completes "n need ...". The probe's own words come first. */
export function resolveText(probe: AnyProbe, reason: UnavailableReason): string {
  return probe.resolve?.[reason] ?? (reason === "forbidden" ? rightsText(probe) : general[reason](probe));
}

function rightsText(probe: Pick<AnyProbe, "rights" | "view" | "makes">): string {
  const { view } = probe;
  const rights = rightsOf(probe);
  const where = view === undefined ? "" : ` on ${viewNames[view]}`;
  if (rights.length === 0) return `more rights${where}`;
  const [first = "", ...more] = rights.map(describeRight);
  return `${more.length === 0 ? `the right to ${first}` : `the rights to ${[first, ...more].join(" and ")}`}${where}`;
}

/** Who answers, in words of what would resolve a reason: the API servers of two views are named alike. */
const answering = ({ view }: AnyProbe): string => (view === "cloud" ? "a cloud" : "an API server");
const documented = ({ view }: AnyProbe): string =>
  view === "cloud" ? "OpenStack's API references have" : "Kubernetes documents";

const general: { readonly [R in Exclude<UnavailableReason, "forbidden">]: (probe: AnyProbe) => string } = {
  unauthorized: ({ view }) => `credentials that ${viewNames[view ?? "cluster"]} accepts`,
  "not-found": () => "a cluster that has it",
  "not-served": (probe) => `${answering(probe)} that serves it`,
  timeout: (probe) => `${answering(probe)} that answers in time`,
  unreachable: (probe) => `${answering(probe)} that can be reached`,
  tls: () => "a TLS connection that can be trusted",
  "server-error": (probe) => `${answering(probe)} without internal errors`,
  malformed: (probe) => `${answering(probe)} that answers as ${documented(probe)} it`,
  "too-large": () => "an answer within the size limits",
  "not-visible": () => "a control plane that shows it",
  "tier-not-allowed": ({ tier }) => `tier ${tier}`,
  "not-given": ({ view }) => (view === undefined ? "the missing input" : `\`${viewOptions[view]}\``),
  expired: () => "a newer input",
  "left-out": () => "the whole evidence",
};

const said: { readonly [R in UnavailableReason]: string } = {
  forbidden: "the cluster forbids it to this user",
  unauthorized: "the cluster does not accept the credentials",
  "not-found": "the cluster has no such object",
  "not-served": "the API server does not serve it",
  timeout: "no answer in time",
  unreachable: "the API server cannot be reached",
  tls: "the TLS connection failed",
  "server-error": "the API server answered with an error",
  malformed: "the answer does not have the form that Kubernetes documents",
  "too-large": "the answer is larger than the size limit",
  "not-visible": "the cluster does not show it",
  "tier-not-allowed": "the run's tier does not go that far",
  "not-given": "it was not given",
  expired: "it no longer counts",
  "left-out": "it is not in this part of the evidence",
};

/**
 * What the evidence says of a failed read. Our own words end at the first colon; what a server or a library wrote comes after
 * it, may hold names of users and addresses, and is not kept. Neither is anything in quotation marks.
 */
export function unavailableText(reason: UnavailableReason, message: string): string {
  const [ours = ""] = message.slice(0, 2000).split(/:(?:\s|$)/, 1);
  const plain = ours
    .replace(/["`].*/su, "")
    .replace(/[^\x20-\x7e]+/g, " ")
    .trim()
    .slice(0, 200);
  return plain === "" ? said[reason] : plain;
}
