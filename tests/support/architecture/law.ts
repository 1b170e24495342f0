/** The import law of this project, as data. Each entry answers "who may", the rules answer "what instead". */

/** What a folder may import, beside itself. A folder that is not named may import nothing of ours. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  catalogue: ["model", "standards"],
  engine: ["model"],
  checks: ["model"],
  reporters: ["model"],
  http: ["model"],
  kubernetes: ["model", "http"],
  importers: ["model"],
  suite: ["model"],
  openstack: ["model", "http"],
  github: ["model", "http"],
  monitor: ["model", "http"],
  signing: ["model"],
  evidence: ["model"],
  probes: ["model"],
  app: [
    "model",
    "catalogue",
    "engine",
    "checks",
    "reporters",
    "kubernetes",
    "importers",
    "suite",
    "openstack",
    "github",
    "monitor",
    "signing",
    "evidence",
    "probes",
    "standards",
    "fixtures",
  ],
  cli: ["app", "model"],
  "src/index.ts": ["app", "model"],
  testbed: [],
  tools: ["app", "model", "testbed"],
};

/** Folders whose code is a pure function of its arguments: no I/O, clock, random, locale, console. */
export const pureFolders: readonly string[] = ["model", "engine", "checks", "reporters"];

/** What pure code may import from Node and from packages; names where only some of a module is harmless. */
export const pureImports: Readonly<Record<string, readonly string[] | "all">> = {
  "node:crypto": ["createHash"],
  "@sinclair/typebox": "all",
  "@sinclair/typebox/value": "all",
  picocolors: ["default"],
  yaml: "all",
};

/** Names that reach out of a pure function, and what to do instead. */
export const forbiddenGlobals: Readonly<Record<string, string>> = {
  process: "take what you need as an argument; only src/cli knows the process",
  console: "return text or data; only src/cli prints",
  performance: "take the time as an argument",
  fetch: "let a probe look, and read what it wrote down",
  WebSocket: "let a probe look, and read what it wrote down",
  setTimeout: "nothing waits while judging",
  setInterval: "nothing waits while judging",
  setImmediate: "nothing waits while judging",
  queueMicrotask: "nothing waits while judging",
  crypto: "take random values as an argument; for digests import createHash from node:crypto",
  navigator: "take what you need as an argument",
  globalThis: "take what you need as an argument",
  global: "take what you need as an argument",
  require: "use an import, so that the law can see it",
  eval: "write the code out",
  Function: "write the code out",
  Intl: "use fixed English forms; the same bytes everywhere",
};

/** Methods whose answer depends on the machine's locale or time zone. */
export const localMethods: readonly string[] = [
  "localeCompare",
  "toLocaleString",
  "toLocaleDateString",
  "toLocaleTimeString",
  "toLocaleLowerCase",
  "toLocaleUpperCase",
  "getFullYear",
  "getMonth",
  "getDate",
  "getDay",
  "getHours",
  "getMinutes",
  "getTimezoneOffset",
];

/** Packages with a home: the only places that may import them (path prefixes). Tests may import anything. */
export const homes: Readonly<Record<string, readonly string[]>> = {
  "@kubernetes/client-node": ["src/kubernetes/"],
  "@octokit/": ["src/github/"],
  "@peculiar/x509": ["testbed/", "src/app/demo", "src/probes/client-request"],
  "reflect-metadata": ["testbed/", "src/app/demo", "src/probes/client-request"],
  "@sigstore/": [],
  "playwright-core": ["tools/"],
  "axe-core": [],
  vitest: ["vitest.config.ts"],
  "fast-check": [],
  "oxc-parser": ["tools/"],
  esbuild: ["tools/"],
  commander: ["src/cli/"],
  "bcrypt-pbkdf": ["src/signing/"],
  ajv: ["src/catalogue/"],
  saxes: ["src/importers/"],
  "tar-stream": ["src/importers/"],
};

/** Lines that a source without tests may have. */
export const sizeCeiling = 200;
