/**
 * Preloaded into a measured process and into those that it starts: leaves the most memory that it had, in KiB, in a file
 * of its own in the folder that BENCH_PEAKS names. CommonJS, since that loads sooner than a module.
 */
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { isMainThread } = require("node:worker_threads");

// The memory of a worker thread is in that of its process.
if (isMainThread)
  process.on("exit", () =>
    writeFileSync(
      join(process.env.BENCH_PEAKS, String(process.pid)),
      String(process.resourceUsage().maxRSS),
    ),
  );
