import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/setup.ts",
    setupFiles: "test/seed.ts",
    // Two, even where the runner would leave one core of two idle.
    maxWorkers: 2,
    // Files share what they import: most of them import the whole generator, which takes longer than many of them run.
    isolate: false,
    // Those that run side by side wait for most of their time.
    maxConcurrency: 25,
    // Only to end a test that hangs: some install packages or compile whole programs, and the machine may be busy.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
