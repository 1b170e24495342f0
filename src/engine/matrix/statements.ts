/** The requirements of scs-0210 on what a provider offers, which no single cluster shows. */
import type { Finding, Missing } from "../../model/finding.ts";
import type { JsonObject } from "../../model/json.ts";
import { compareBranches, type MinorData, type UpstreamBranch } from "../../model/versions/offered-branches.ts";
import type { Instant, Outcome } from "../../model/vocabulary.ts";
import type { Offer } from "./offers.ts";

export interface OfferQuestion {
  readonly provider: string;
  readonly offers: readonly Offer[];
  /** Branches that upstream supports on the day, oldest first. */
  readonly upstream: readonly UpstreamBranch[];
  readonly data: MinorData;
  /** Release data count for a pass until then. */
  readonly dataUntil: Instant;
  readonly asOf: Instant;
  /** The caller's word that what is not among the reports is not offered. */
  readonly complete: boolean;
}

export interface OfferAnswer {
  readonly outcome: Outcome;
  readonly because: string;
  readonly observed: JsonObject;
  readonly findings: readonly Finding[];
  readonly missing: readonly Missing[];
}

/** "The latest minor version MUST be provided no later than 4 months after release." */
export function minorRecency(question: OfferQuestion): OfferAnswer {
  const { offers, upstream, asOf } = question;
  const due = upstream.findLast(({ deadline }) => deadline !== undefined && deadline <= asOf);
  const newest = upstream.at(-1);
  const observed = observedOf(question);
  if (!newest) return unknown(question, `The release data of ${question.data.date} name no branch that is supported`);
  const current = offers.filter((offer) => !due || compareBranches(offer.branch, due.branch) >= 0);
  const counting = current.filter(({ until }) => asOf < until);
  if (counting.length === 0) {
    if (!due) return unknown(question, `No branch is old enough yet that ${newest.branch} would be due`);
    return absent(question, [due.branch], `${due.branch} or a newer minor version`);
  }
  const first = current.map((offer) => offer.first).sort()[0] ?? "";
  if (due?.deadline !== undefined && first >= due.deadline) {
    const late = `${due.branch} or newer was first seen on ${first}, and was due from ${due.deadline} on: whether it was there in time nobody has seen`;
    return open(late, observed, [
      { fact: "reports", reason: "not-given", resolve: `a report from before ${due.deadline}` },
    ]);
  }
  const shown = counting.at(-1);
  const what = due
    ? `${shown?.branch} is offered (${shown?.subject}, seen ${shown?.last}); ${due.branch}, due from ${due.deadline} on, or newer was first seen on ${first}`
    : `${shown?.branch} is offered (${shown?.subject}, seen ${shown?.last}), within four months of the release of ${newest.branch}`;
  return whileDataHolds(question, what, observed, []);
}

/** "... MUST be supported and offered as long as the official sources support them." A new branch has four months first. */
export function branchSupport(question: OfferQuestion): OfferAnswer {
  const { offers, upstream, asOf } = question;
  const observed = observedOf(question);
  const due = upstream.filter(({ deadline }) => deadline === undefined || deadline <= asOf);
  if (due.length === 0)
    return unknown(question, `The release data of ${question.data.date} name no branch that is due`);
  const counting = new Map(offers.filter(({ until }) => asOf < until).map((offer) => [offer.branch, offer]));
  const lacking = due.filter(({ branch }) => !counting.has(branch)).map(({ branch }) => branch);
  if (lacking.length > 0) return absent(question, lacking, lacking.join(", "));
  const behind = due.flatMap(({ branch }) =>
    (counting.get(branch)?.behind ?? []).map((subject) => behindFinding(branch, subject)),
  );
  const all = due.map(({ branch }) => branch).join(", ");
  if (behind.length > 0) {
    const because = `Every supported branch is offered (${all}), but patches are overdue on ${behind.map(({ actual }) => actual).join(", ")}: whether that is support, the text does not say`;
    return open(
      because,
      observed,
      [{ fact: "reports", reason: "not-given", resolve: "a report whose version policy holds" }],
      behind,
    );
  }
  return whileDataHolds(question, `Every branch that upstream supports is offered: ${all}`, observed, []);
}

function observedOf({ offers, upstream, data, asOf }: OfferQuestion): JsonObject {
  return {
    offered: offers.map(({ branch, subject, last, until }) => ({ branch, subject, seen: last, counts: asOf < until })),
    supportedUpstream: upstream.map(({ branch, released, deadline }) => ({
      branch,
      released: released ?? null,
      dueFrom: deadline ?? null,
    })),
    dataDate: data.date,
  };
}

/** Not among the reports: not offered on the caller's word, otherwise nobody knows. */
function absent(question: OfferQuestion, branches: readonly string[], what: string): OfferAnswer {
  const { provider, offers, asOf, complete } = question;
  const observed = observedOf(question);
  const ended = offers.filter(({ branch, until }) => branches.includes(branch) && asOf >= until);
  const old = ended.map(({ branch, last }) => `${branch} was last seen on ${last}`).join(", ");
  if (complete && ended.length === 0) {
    const findings = branches.map((branch): Finding => {
      const message = `No report is on a cluster of ${branch}, and the reports were said to stand for all that is offered`;
      return {
        code: "branch-not-offered",
        subject: { kind: "Provider", name: provider },
        expected: branch,
        actual: offers.map((offer) => offer.branch),
        message,
      };
    });
    return { outcome: "fail", because: `${what} is not offered`, observed, findings, missing: [] };
  }
  const because = `No report that counts is on a cluster of ${what}${old === "" ? "" : ` (${old})`}; that shows nothing about what is offered`;
  const resolve = `a report on a cluster of ${what}`;
  return open(because, observed, [{ fact: "reports", reason: ended.length > 0 ? "expired" : "not-given", resolve }]);
}

function whileDataHolds(
  { data, dataUntil, asOf }: OfferQuestion,
  because: string,
  observed: JsonObject,
  findings: readonly Finding[],
): OfferAnswer {
  if (asOf <= dataUntil) return { outcome: "pass", because, observed, findings, missing: [] };
  const resolve = "release data not older than 14 days";
  const stale = `The release data of ${data.date} are too old to rule out a newer branch: they count until ${dataUntil}`;
  return open(stale, observed, [{ fact: "input/kubernetes-releases", reason: "expired", resolve }], findings);
}

function unknown(question: OfferQuestion, because: string): OfferAnswer {
  const resolve = "release data that name the supported branches";
  return open(because, observedOf(question), [{ fact: "input/kubernetes-releases", reason: "not-found", resolve }]);
}

function open(
  because: string,
  observed: JsonObject,
  missing: readonly Missing[],
  findings: readonly Finding[] = [],
): OfferAnswer {
  return { outcome: "undetermined", because, observed, findings, missing };
}

function behindFinding(branch: string, subject: string): Finding & { readonly actual: string } {
  const message = `The version policy fails for ${subject}: its patches are overdue`;
  return {
    code: "branch-behind",
    subject: { kind: "Subject", name: subject },
    expected: `patches of ${branch} in time`,
    actual: subject,
    message,
  };
}
