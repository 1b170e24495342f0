import { describeCheck } from "../../tests/support/check-table.ts";
import { claimedVolume, defaultClass, storageClasses } from "../../tests/support/facts.ts";
import { volumeExpansion } from "./volume-expansion.ts";

const of = (allowVolumeExpansion: boolean) => ({
  facts: { "kube/storage-classes": storageClasses(defaultClass("default", { allowVolumeExpansion })) },
});

describeCheck(
  volumeExpansion,
  ["pass", "not-applicable", "undetermined"],
  [
    { name: "allowed", ...of(true), outcome: "pass" },
    {
      name: "not allowed: an option that is not used",
      ...of(false),
      outcome: "not-applicable",
      observed: { allowVolumeExpansion: false },
    },
    { name: "no default class", facts: { "kube/storage-classes": storageClasses() }, outcome: "undetermined" },
    {
      name: "allowed, and a volume of the run grew",
      facts: { ...of(true).facts, "kube/claimed-volume": claimedVolume("default", { expansion: { grown: true } }) },
      outcome: "pass",
      because: /, and one was$/,
    },
    {
      name: "allowed, and a volume of the run did not grow: the text asks for nothing",
      facts: {
        ...of(true).facts,
        "kube/claimed-volume": claimedVolume("default", {
          expansion: { grown: false, hindrance: { by: "timeout", said: "" } },
        }),
      },
      outcome: "pass",
      findings: ["volume-did-not-grow"],
      observed: { ownVolumeGrew: false },
    },
    {
      name: "allowed, and a quota leaves no room to try",
      facts: {
        ...of(true).facts,
        "kube/claimed-volume": claimedVolume("default", {
          expansion: { grown: false, hindrance: { by: "quota", said: "exceeded quota" } },
        }),
      },
      outcome: "pass",
      findings: [],
    },
  ],
);
