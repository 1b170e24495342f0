import { describeCheck } from "../../tests/support/check-table.ts";
import { defaultClass, storageClasses } from "../../tests/support/facts.ts";
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
  ],
);
