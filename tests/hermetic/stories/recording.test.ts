/** The probes still write what the stories hold. RECORD_STORIES=all, or a list of names, records them anew. */
import { expect, test } from "vitest";
import type { Gathering } from "../../../src/model/evidence.ts";
import { storedEvidence, writeEvidence } from "../../support/stories/folder.ts";
import { stories } from "../../support/stories/index.ts";
import { recordStory } from "../../support/stories/record.ts";

const wanted = process.env.RECORD_STORIES?.split(",") ?? [];

/** Certificates are made at every start, so their fingerprints and references differ. */
const withoutCertificates = ({ items }: Gathering) =>
  Object.fromEntries(Object.entries(items).filter(([id]) => !/certificate|cluster-ca/.test(id)));

test.each(stories)("$name", async (story) => {
  const sealed = await recordStory(story);
  if (wanted.includes("all") || wanted.includes(story.name))
    writeEvidence(story.name, Buffer.concat(sealed.parts).toString());
  const { facts, inputs } = storedEvidence(story.name).evidence;
  expect(withoutCertificates(sealed.evidence.facts.gathering)).toEqual(withoutCertificates(facts.gathering));
  expect({ ...sealed.evidence.inputs, kubernetesReleases: undefined, scope: undefined }).toEqual({
    ...inputs,
    kubernetesReleases: undefined,
    scope: undefined,
  });
});
