// Preloaded into every measured process: leaves what it used, in the file that BENCH_USAGE names, when it ends.
process.on("exit", () => {
  const { readFileSync, writeFileSync } = require("node:fs");
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  let peakKilobytes = maxRSS;
  try {
    // maxRSS of a child begins at its parent's; the high-water mark of its own memory does not
    peakKilobytes = Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {
    // not Linux
  }
  const usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: peakKilobytes / 1000 };
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify(usage));
});
