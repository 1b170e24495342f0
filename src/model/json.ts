/** JSON values: all that evidence and reports are made of. */
import { Type } from "@sinclair/typebox";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

/** Any JSON value; the shape is checked where it is used. */
export const AnyJson = Type.Unsafe<Json>(Type.Unknown());

/** Any JSON object. */
export const AnyJsonObject = Type.Unsafe<JsonObject>(Type.Object({}));

/** True for a JSON object: not an array, not null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether objects and lists stand in one another deeper than that: JSON.parse takes any depth, what is recursive does not. */
export function deeperThan(depth: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((member) => deeperThan(depth - 1, member));
}
