/**
 * The port of tier `dry-run`: questions that need a request body. Nothing behind it is ever stored: objects are sent with
 * `dryRun=All` (KEP-576), reviews are answered and forgotten (authorization.k8s.io, authentication.k8s.io).
 */
import type { Reading } from "./fact.ts";
import type { JsonObject } from "./json.ts";

/** Whom the API server is to take the caller for; needs the right to impersonate exactly these. */
export interface Impersonation {
  readonly user: string;
  readonly groups: readonly string[];
}

export interface AskOptions {
  readonly as?: Impersonation;
}

/** What a probe asks, for the plan; it is held to that. */
export interface Asks {
  /** Objects with `dryRun=All`. */
  readonly dryRuns?: true;
  readonly reviews?: true;
  /** In whose name but the caller's, in words; its rights name whom: `the node x, which does not exist`. */
  readonly as?: string;
}

/** What the API server said to an object that it would, or would not, have stored. */
export interface Said {
  /** 200 or 201: it would have been stored. 403, 409, 422: it would not. */
  readonly status: number;
  /** The object as it would have been stored, or the Status that says why not. */
  readonly body: JsonObject;
}

export interface ClusterAsker {
  /** POST of an object to its collection, with `dryRun=All`. Refusals by admission and validation are answers. */
  create(path: string, object: JsonObject, options?: AskOptions): Promise<Reading<Said>>;
  /** PATCH (RFC 7386) of an object, with `dryRun=All`. */
  patch(path: string, patch: JsonObject, options?: AskOptions): Promise<Reading<Said>>;
  /** POST of a review; its `status` is the answer. */
  review(path: ReviewPath, spec: JsonObject): Promise<Reading<JsonObject>>;
}

export const reviewPaths = {
  subjectAccess: "/apis/authorization.k8s.io/v1/subjectaccessreviews",
  selfSubjectAccess: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
} as const;
export type ReviewPath = (typeof reviewPaths)[keyof typeof reviewPaths];
