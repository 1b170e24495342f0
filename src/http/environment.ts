/** The environment variables of a run, as its caller gives them. */
export type Environment = { readonly [name: string]: string | undefined };
