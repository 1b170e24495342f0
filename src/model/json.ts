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
