import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import {
  anotherRun,
  runNotes,
  runObserved,
  specFindings,
  unfitRun,
  unknownMinor,
  withoutStanding,
} from "../../src/model/conformance/conformance-run.ts";
import { OkToFail, siftTolerated } from "../../src/model/conformance/tolerated-specs.ts";
import { type Finding, fail, pass, theCluster, undetermined } from "../../src/model/finding.ts";
import { capped, counted, named, nonEmpty } from "../../src/model/finding-lists.ts";

const listKnown = "a run of a minor whose list of specs this version knows";
const ofMinor = (minor: string): string => (minor === unknownMinor ? "" : ` of ${minor}`);

export const conformanceSuite = defineCheck({
  id: "scs-0201/conformance-suite",
  title: {
    pass: "Every CNCF conformance spec of the cluster's minor was executed and passed",
    fail: "CNCF conformance specs failed",
  },
  why: "Software that runs on one conformant cluster runs on every other; that is what the certificate promises.",
  looksAt:
    "A given result of the upstream e2e suite, spec by spec against the list of the minor: one that failed fails, one that was not executed leaves it open.",
  needs: { all: ["input/conformance-results"], uses: ["kube/version", "kube/identity"] },
  parameters: Type.Object({
    okToFail: OkToFail,
    acceptParallelRecipe: Type.Boolean({
      default: false,
      description:
        "take a run without failures that left out [Serial] specs, as the parallel recipe does, for complete; a scope file switches it on where it includes the module: `{ref: cncf-k8s-conformance, parameters: {acceptParallelRecipe: true}}`",
    }),
  }),
  remediation: {
    text: "Read the failed specs' logs in the result, mend the cause, and run the complete suite again: `hydrophone --conformance` or `sonobuoy run --mode=certified-conformance`, without E2E_PARALLEL.",
  },
  accepted: [
    "The run is somebody's word: what is judged is the result that was given, not the cluster.",
    "A spec that passed only on a second attempt counts as passed and is named.",
  ],
  evaluate({ facts, parameters }) {
    const results = facts["input/conformance-results"];
    const suite = results.conformance;
    if (!suite) return undetermined("The result holds no conformance specs", [anotherRun()], runObserved(results));
    const { minor, required, passed, failed, notExecuted, flaked } = suite;
    const observed = {
      ...runObserved(results),
      minor,
      required,
      passed,
      failed: failed.length,
      notExecuted: notExecuted.length,
    };
    const unfit = unfitRun(results, minor, facts["kube/version"], observed);
    if (unfit) return unfit;
    const sifted = siftTolerated(failed, parameters.okToFail, "failed");
    const notes = [...sifted.tolerated, ...runNotes(results, facts["kube/identity"], flaked)];
    const failures = nonEmpty(specFindings("spec-failed", sifted.counting, "failed", "The spec failed"));
    if (failures) {
      const because = `${counted(sifted.counting.length, "conformance spec")}${ofMinor(minor)} failed: ${named(sifted.counting, 3)}`;
      return fail(because, observed, [...failures, ...notes]);
    }
    const left = capped(specFindings("not-executed", notExecuted, "not executed", "The spec was not executed"));
    if (required === 0) {
      const because = `Which specs${ofMinor(minor)} are required is not known here, so the ${passed} that passed may not be all`;
      return undetermined(because, [anotherRun("not-given", listKnown)], observed, [...left, ...notes]);
    }
    const done = passed + sifted.tolerated.length;
    const serialOnly = results.run.parallel && notExecuted.every((name) => name.includes("[Serial]"));
    if (notExecuted.length > 0 && serialOnly && done + notExecuted.length >= required) {
      const message = `${counted(notExecuted.length, "[Serial] spec")} were left out by the parallel recipe; every other spec passed`;
      const recipe: Finding = {
        code: "pass-by-scs-recipe",
        subject: theCluster,
        expected: required,
        actual: passed,
        message,
      };
      if (parameters.acceptParallelRecipe)
        return pass(`Every spec that the parallel recipe runs passed`, observed, [recipe, ...notes]);
      const because = `The parallel recipe left out ${counted(notExecuted.length, "[Serial] spec")}; the text asks for the complete suite`;
      return undetermined(because, [anotherRun()], observed, [recipe, ...notes]);
    }
    if (notExecuted.length > 0 || done < required) {
      const because = `${passed} of ${required} conformance specs of ${minor} passed, the rest was not executed`;
      return undetermined(because, [anotherRun()], observed, [...left, ...notes]);
    }
    const standing = withoutStanding(results, observed, notes);
    if (standing) return standing;
    return pass(
      `All ${required} conformance specs of ${minor} passed${sifted.tolerated.length > 0 ? " or are tolerated" : ""}`,
      observed,
      notes,
    );
  },
});
