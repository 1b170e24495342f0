/** Labels of pod security admission (pod-security.kubernetes.io/*) on namespaces: how many carry which level. */
import { type Static, Type } from "@sinclair/typebox";

const count = Type.Integer({ minimum: 0 });

/** Namespaces by the level that their label names; `other`: a value that is no level; the rest has no label. */
export const LevelCounts = Type.Object({ privileged: count, baseline: count, restricted: count, other: count });
export type LevelCounts = Static<typeof LevelCounts>;

/** Names are not kept. The label of a namespace is its own; what holds without one is the admission plugin's default. */
export const PodSecurityLabelsFact = Type.Object({
  namespaces: count,
  enforce: LevelCounts,
  audit: LevelCounts,
  warn: LevelCounts,
});
export type PodSecurityLabelsFact = Static<typeof PodSecurityLabelsFact>;
