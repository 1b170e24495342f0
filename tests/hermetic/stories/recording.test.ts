/** The probes still write what the stories hold. RECORD_STORIES=all, or a list of names, records anew what has changed. */
import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import type { Evidence } from "../../../src/model/evidence.ts";
import { recordedNames, storedEvidence, writeEvidence } from "../../support/stories/folder.ts";
import { stories } from "../../support/stories/index.ts";
import { recordStory } from "../../support/stories/record.ts";

const wanted = process.env.RECORD_STORIES?.split(",") ?? [];

/** Keys are made at every start, so fingerprints, serial numbers and the digests over them differ; dates and names do not. */
function withoutKeys({ facts, inputs }: Pick<Evidence, "facts"> & { readonly inputs: object }): unknown {
  const items = Object.entries(facts.gathering.items).map(([id, fact]) => {
    const ofKeys = /certificate|cluster-ca/.test(id);
    const text = JSON.stringify(ofKeys ? { ...fact, sha256: "" } : fact);
    return [id, JSON.parse(text.replaceAll(/"(fingerprint|serial)":"[0-9a-f]*"/g, '"$1":""'))] as const;
  });
  return { items: Object.fromEntries(items), inputs };
}

/** Release data and scopes move on; what was recorded with older ones holds all the same. */
function looked(evidence: Evidence): unknown {
  const { kubernetesReleases: _, scope: __, ...inputs } = evidence.inputs;
  return withoutKeys({ ...evidence, inputs });
}

test.each(stories)("$name", async (story) => {
  const sealed = await recordStory(story);
  const stored = () => storedEvidence(story.name).evidence;
  // what has not changed stays as it is: else every recording would change every file
  const changed =
    !recordedNames.includes(story.name) || !isDeepStrictEqual(withoutKeys(sealed.evidence), withoutKeys(stored()));
  if (changed && (wanted.includes("all") || wanted.includes(story.name)))
    writeEvidence(story.name, Buffer.concat(sealed.parts).toString());
  expect(looked(sealed.evidence)).toEqual(looked(stored()));
});
