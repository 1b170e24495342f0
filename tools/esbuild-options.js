/** What the bundle, the tools and nothing else are built with. */
import { readFileSync } from "node:fs";
import path from "node:path";

/** `import text from "./file.yaml?raw"`, as Vite does it in the tests. */
export const rawText = {
  name: "raw-text",
  setup(build) {
    build.onResolve({ filter: /\?raw$/ }, (args) => ({
      path: path.resolve(args.resolveDir, args.path.slice(0, -"?raw".length)),
      namespace: "raw-text",
    }));
    build.onLoad({ filter: /.*/, namespace: "raw-text" }, (args) => ({
      contents: readFileSync(args.path),
      loader: "text",
      watchFiles: [args.path],
    }));
  },
};

export const common = {
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  plugins: [rawText],
  logLevel: "warning",
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
};
