/** Acting as somebody else, when the kubeconfig says so. */
import { type OutgoingHttpHeaders, validateHeaderName, validateHeaderValue } from "node:http";
import { UsageError } from "../model/faults.ts";
import { isJsonObject } from "../model/json.ts";
import { textOf } from "./kubeconfig.ts";
import type { KubeconfigEntry } from "./kubeconfig-file.ts";

/**
 * Impersonation as `kubectl --as` would send it, from the user entry.
 * @throws UsageError for what cannot be sent
 */
export function impersonationOf(user: KubeconfigEntry | undefined): OutgoingHttpHeaders {
  const name = user === undefined ? undefined : textOf(user.value, "as");
  if (user === undefined || name === undefined) return {};
  const strings = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === "string") : []);
  const extra = isJsonObject(user.value["as-user-extra"]) ? user.value["as-user-extra"] : {};
  const groups = strings(user.value["as-groups"]);
  const uid = textOf(user.value, "as-uid");
  const headers: OutgoingHttpHeaders = {
    "impersonate-user": name,
    ...(groups.length === 0 ? {} : { "impersonate-group": groups }),
    ...(uid === undefined ? {} : { "impersonate-uid": uid }),
    ...Object.fromEntries(
      Object.entries(extra).map(([key, values]) => [`impersonate-extra-${encodeURIComponent(key)}`, strings(values)]),
    ),
  };
  try {
    for (const [header, value] of Object.entries(headers)) {
      validateHeaderName(header);
      for (const one of Array.isArray(value) ? value : [String(value)]) validateHeaderValue(header, one);
    }
  } catch {
    throw new UsageError("the kubeconfig's user: `as` and its kin have characters that no header can carry");
  }
  return headers;
}
