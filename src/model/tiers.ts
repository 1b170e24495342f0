/** How far a probe goes, mildest first. A file of its own: the command line names tiers before anything is loaded. */
export const tiers = ["observe", "dry-run", "active", "system", "intrusive"] as const;
