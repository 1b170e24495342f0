import { defineConfig } from "vitest/config";

/** Rings are projects: `hermetic` needs nothing but Node; the others need what their name says and say aloud when it is missing. */
const ring = (name: string, include: string[], options: Record<string, unknown> = {}) => ({
  test: { name, include, environment: "node" as const, ...options },
});

export default defineConfig({
  test: {
    projects: [
      ring(
        "hermetic",
        [
          "src/**/*.test.ts",
          "checks/**/*.test.ts",
          "reporters/**/*.test.ts",
          "tools/**/*.test.ts",
          "tests/hermetic/**/*.test.ts",
        ],
        // no test waits this long: a machine at work on other things must not fail one;
        // files share their modules, as no test leaves anything in one: half the time of the ring is loading them
        { testTimeout: 60_000, hookTimeout: 60_000, isolate: false, maxWorkers: 2 },
      ),
      ring("command", ["tests/command/**/*.test.ts"], { testTimeout: 60_000 }),
      ring("control-plane", ["tests/control-plane/**/*.test.ts"], {
        testTimeout: 120_000,
        hookTimeout: 180_000,
        fileParallelism: false,
      }),
      // most of the time of a test is waiting for kubelets: two clusters at a time, which know nothing of each other
      ring("nodes", ["tests/nodes/**/*.test.ts"], { testTimeout: 600_000, hookTimeout: 600_000, maxWorkers: 2 }),
      ring("browser", ["tests/browser/**/*.test.ts"], { testTimeout: 60_000, hookTimeout: 60_000 }),
    ],
  },
});
