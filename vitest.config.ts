import { defineConfig } from "vitest/config";

/** What takes seconds: whole packages, real processes, sockets and installs, thousands of random inputs, and size. */
const slow = [
  "test/*-properties.test.ts",
  ...[
    ...[
      "adapters",
      "advise-walk",
      "bundle",
      "commands",
      "compile",
      "conformance",
      "diff",
      "escapers",
      "faults",
      "first-day",
      "formats",
      "golden",
    ],
    ...[
      "getting-started",
      "hostile",
      "hover",
      "import",
      "import-documents",
      "imports",
      "layout",
      "majors",
      "markers",
      "navigation",
      "merge",
      "ownership",
      "package",
      "plugin",
    ],
    ...[
      "projects",
      "read",
      "readme",
      "redis",
      "schemas",
      "session-walk",
      "site",
      "site-others",
      "size",
      "terminal",
      "typecheck",
      "verify",
      "write",
    ],
  ].map((name) => `test/${name}.test.ts`),
];

export default defineConfig({
  test: {
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
    // A browser, too, may be slow to show what it was told.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["test/{*,cases/*,vocabularies/*}.test.ts"], exclude: slow },
      },
      { extends: true, test: { name: "e2e", include: slow } },
    ],
  },
});
