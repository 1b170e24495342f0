/** Names of the upstream e2e specs that a result has to hold to be complete. They are compared within one minor only. */
export interface SpecLists {
  /** `1.37`. */
  readonly minor: string;
  readonly conformance: readonly string[];
  readonly networkPolicy: readonly string[];
}
