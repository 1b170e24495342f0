export declare function judgingSources(root: string): string[];
export declare function judgingDigest(root: string): string;
