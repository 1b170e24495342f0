import type { BuildOptions, Plugin } from "esbuild";

export declare const rawText: Plugin;
export declare const common: BuildOptions;
