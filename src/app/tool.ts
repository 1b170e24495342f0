/** Which tool judges: name, version, and the digest of its judging sources, fixed when the bundle is built. */
import type { Report } from "../model/report.ts";

declare const __TOOL_VERSION__: string | undefined;
declare const __JUDGING_SHA256__: string | undefined;

/** Sources run without a bundle have no digest; what they judge names itself so. */
const unbuilt = "0".repeat(64);

export const tool: Report["tool"] = {
  name: "scs-conformance",
  version: typeof __TOOL_VERSION__ === "string" ? __TOOL_VERSION__ : "0.0.0-unbuilt",
  sha256: typeof __JUDGING_SHA256__ === "string" ? __JUDGING_SHA256__ : unbuilt,
};
