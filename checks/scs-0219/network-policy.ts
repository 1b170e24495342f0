import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import {
  anotherRun,
  runNotes,
  runObserved,
  specFindings,
  unfitRun,
  withoutStanding,
} from "../../src/model/conformance/conformance-run.ts";
import { OkToFail, siftTolerated } from "../../src/model/conformance/tolerated-specs.ts";
import { fail, pass, undetermined } from "../../src/model/finding.ts";
import { capped, counted, named, nonEmpty } from "../../src/model/finding-lists.ts";
import { enforcing } from "../../src/model/network/network-plugins.ts";
import { ownMatrix } from "../../src/model/network/policy-matrix.ts";

/** An upstream run restricted to these specs, added to the conformance run. */
const policyRun = "a run of the NetworkPolicy specs in `--conformance-results FILE`";

export const networkPolicy = defineCheck({
  id: "scs-0219/network-policy",
  title: {
    pass: "Every NetworkPolicy spec of the upstream suite passed, apart from the tolerated ones",
    fail: "NetworkPolicy specs of the upstream suite failed",
  },
  why: "A network plugin that ignores policies leaves every workload open to every other, silently.",
  looksAt:
    "The NetworkPolicy specs in a given result of the upstream e2e suite, by name against the list of the minor. Those that match a pattern of `okToFail` are tolerated, and every use is shown. What this run saw of policies itself, at tier active, stands beside it and decides nothing.",
  needs: {
    all: ["input/network-policy-results"],
    uses: ["kube/version", "kube/identity", "kube/network-policy-matrix"],
  },
  parameters: Type.Object({ okToFail: OkToFail }),
  remediation: {
    ...enforcing,
    text: `${enforcing.text} Then run the specs again: \`sonobuoy run --e2e-focus=NetworkPolicy\` or \`hydrophone --focus NetworkPolicy\`.`,
  },
  accepted: [
    "The run is somebody's word: what is judged is the result that was given, not the cluster.",
    "A tolerated spec that failed or was not executed does not count; the finding names it and the reason.",
  ],
  evaluate({ facts, parameters }) {
    const results = facts["input/network-policy-results"];
    const specs = results.networkPolicy;
    const noSpecs = anotherRun("not-found", policyRun, "input/network-policy-results");
    if (!specs) return undetermined("The result holds no NetworkPolicy specs", [noSpecs], runObserved(results));
    const matrix = ownMatrix(facts["kube/network-policy-matrix"]);
    const observed = {
      ...runObserved(results),
      ...matrix.observed,
      minor: specs.minor,
      ...(specs.required === undefined ? {} : { required: specs.required }),
      passed: specs.passed.length,
      failed: specs.failed.length,
      notExecuted: specs.notExecuted.length,
    };
    const unfit = unfitRun(results, specs.minor, facts["kube/version"], observed);
    if (unfit) return unfit;
    const failed = siftTolerated(specs.failed, parameters.okToFail, "failed");
    const left = siftTolerated(specs.notExecuted, parameters.okToFail, "not executed");
    const tolerated = [...failed.tolerated, ...left.tolerated];
    const notes = [...tolerated, ...runNotes(results, facts["kube/identity"], specs.flaked), ...matrix.findings];
    const failures = nonEmpty(specFindings("spec-failed", failed.counting, "failed", "The spec failed"));
    if (failures) {
      const because = `${counted(failed.counting.length, "NetworkPolicy spec")} failed: ${named(failed.counting, 3)}`;
      return fail(because, observed, [...failures, ...notes]);
    }
    if (specs.passed.length === 0)
      return undetermined("No NetworkPolicy spec was executed and passed", [noSpecs], observed, notes);
    if (left.counting.length > 0) {
      const open = capped(specFindings("not-executed", left.counting, "not executed", "The spec was not executed"));
      return undetermined(
        `${counted(left.counting.length, "NetworkPolicy spec")} were not executed`,
        [noSpecs],
        observed,
        [...open, ...notes],
      );
    }
    const done = specs.passed.length + failed.tolerated.length + left.tolerated.length;
    if (specs.required === undefined || done < specs.required) {
      const list = specs.required === undefined ? "which there are is not known here" : `there are ${specs.required}`;
      const because = `${counted(specs.passed.length, "NetworkPolicy spec")} passed, but ${list}`;
      return undetermined(because, [noSpecs], observed, notes);
    }
    const standing = withoutStanding(results, observed, notes);
    if (standing) return standing;
    const because = `${counted(specs.passed.length, "NetworkPolicy spec")} passed, none failed that is not tolerated`;
    return pass(because, observed, notes);
  },
});
