#!/usr/bin/env node
/** The command line. Only here and in commands/: console and exit codes. */
import { readFileSync } from "node:fs";
import * as modules from "node:module";
import { setFlagsFromString } from "node:v8";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { packageRoot } from "./read/package-root.js";

// Collect garbage whenever the heap has grown by half: a large catalog takes a third less memory, and a tenth more time.
setFlagsFromString("--heap-growing-percent=50");

// Node 22 and later keep what they compile; most of a small run is compiling ts-morph.
(modules as { enableCompileCache?: () => void }).enableCompileCache?.();

const about = JSON.parse(readFileSync(new URL("package.json", packageRoot), "utf8")) as {
  version: string;
};

const catalogOption = (): Option =>
  new Option(
    "-c, --catalog <path>",
    "the manifest or its folder; default: the nearest catalog/catalog.yaml, here or above",
  );

const program = new Command("errata")
  .description("Turns a catalog of errors into a typed package, JSON Schemas and reference docs.")
  .version(about.version)
  .showHelpAfterError("(errata --help shows every command)")
  .exitOverride()
  .addHelpText(
    "after",
    "\nExit codes: 0 fine, 1 findings or drift, 2 wrong use, 3 internal error.",
  );

program
  .command("generate")
  .description("write the package, the schemas and the docs")
  .addOption(catalogOption())
  .option("--check", "write nothing; fail and show what differs if the output is not up to date")
  .option("--watch", "generate again whenever the catalog changes")
  .option("--force", "replace files that errata did not write or that were edited")
  .action(async (options: { catalog?: string; check?: true; watch?: true; force?: true }) => {
    if (options.check && options.watch)
      program.error("--check and --watch cannot be combined", {
        exitCode: 2,
      });
    const { runGenerate } = await import("./commands/generate.js");
    process.exitCode = await runGenerate(options.catalog, {
      check: options.check === true,
      watch: options.watch === true,
      force: options.force === true,
    });
  });

program
  .command("check")
  .description("check the catalog; write nothing")
  .addOption(catalogOption())
  .action(async (options: { catalog?: string }) => {
    const { runCheck } = await import("./commands/check.js");
    process.exitCode = await runCheck(options.catalog);
  });

function httpStatus(text: string): number {
  if (/^[1-5][0-9][0-9]$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a number from 100 to 599.");
}

const formatOption = (): Option =>
  new Option("--format <format>", "output format").choices(["pretty", "json"]).default("pretty");

program
  .command("explain <id|code|status|text...>")
  .description("explain an error, or a diagnostic such as match/ambiguous")
  .addOption(catalogOption())
  .option("--api <id>", "only this API")
  .addOption(formatOption())
  .action(
    async (
      words: string[],
      options: { catalog?: string; api?: string; format: "pretty" | "json" },
    ) => {
      const { runExplain } = await import("./commands/explain.js");
      process.exitCode = await runExplain(options.catalog, words, {
        api: options.api,
        format: options.format,
      });
    },
  );

program
  .command("decode [file]")
  .description("decode a response, { status, body } or only a body, from a file or standard input")
  .addOption(catalogOption())
  .option("--api <id>", "the API that sent it")
  .option("--channel <name>", "where it arrived; default: the HTTP channel")
  .option("--status <number>", "the HTTP status", httpStatus)
  .addOption(formatOption())
  .action(
    async (
      file: string | undefined,
      options: {
        catalog?: string;
        api?: string;
        channel?: string;
        status?: number;
        format: "pretty" | "json";
      },
    ) => {
      const { runDecode } = await import("./commands/decode.js");
      const { api, channel, status, format } = options;
      process.exitCode = await runDecode(options.catalog, file, { api, channel, status, format });
    },
  );

/** The formats that documents may have; generator/import/formats/ has them, and is loaded on demand. */
const formatNames = [
  ...["markdown", "html", "openapi", "csv", "list", "errcodes", "typescript", "python"],
];

const apiId = (text: string): string => {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 80) return text;
  throw new InvalidArgumentError("It must be in kebab-case, such as my-shop.");
};

program
  .command("init")
  .description("write a first catalog that generates, for an API of your own")
  .option("--api <id>", "what to call the API; default: as the project here is called", apiId)
  .option("--from <document>", "draft it from an OpenAPI document, or whatever import reads")
  .option("--package <name>", "the npm name of the generated package; default: <id>-errors")
  .option("--output <folder>", "where to generate, relative to catalog/")
  .addOption(
    new Option("--emit <what>", "a package, or files for a source tree").choices([
      "package",
      "source",
    ]),
  )
  .option("--force", "replace a catalog that is there already")
  .action(
    async (options: {
      api?: string;
      from?: string;
      package?: string;
      output?: string;
      emit?: "package" | "source";
      force?: true;
    }) => {
      const { runInit } = await import("./commands/init.js");
      const { api, from, package: name, output, emit, force } = options;
      process.exitCode = await runInit({
        ...{ api, from, package: name, output, emit },
        force: force === true,
      });
    },
  );

program
  .command("import <document>")
  .description("draft a catalog from a page, an OpenAPI document, a list or an enum")
  .requiredOption("--api <id>", "what to call the API, in kebab-case", apiId)
  .addOption(catalogOption())
  .addOption(
    new Option("--as <format>", "what the document is; default: what it looks like").choices(
      formatNames,
    ),
  )
  .option("--url <address>", "where the document is on the web, to be cited")
  .option("--encoding <name>", "of its text, such as windows-1252; default: UTF-8")
  .option("--force", "replace files of an earlier draft")
  .action(
    async (
      document: string,
      options: {
        api: string;
        catalog?: string;
        as?: string;
        url?: string;
        encoding?: string;
        force?: true;
      },
    ) => {
      const { runImport } = await import("./commands/import.js");
      const { api, catalog, as, url, encoding, force } = options;
      process.exitCode = await runImport(document, {
        ...{ api, catalog, as, url, encoding },
        force: force === true,
      });
    },
  );

program
  .command("diff <old> [new]")
  .description("what changed between two catalogs, and whether it is major, minor or patch")
  .addOption(catalogOption())
  .addOption(
    new Option("--fail-on <level>", "exit with 1 only if a change is at least this grave")
      .choices(["major", "minor", "patch"])
      .default("patch"),
  )
  .addOption(
    new Option("--format <format>", "output format; markdown is a section of a changelog")
      .choices(["pretty", "json", "markdown"])
      .default("pretty"),
  )
  .addHelpText(
    "after",
    `
A side is a manifest or its folder, a generated catalog.json or its folder, or a revision of git, such as v1.2.0;
without <new>, it is the catalog of the working tree. Major: code stops compiling, or a response that was known is
taken or answered otherwise. Minor: something new, or other numbers. Patch: words, citations and examples.`,
  )
  .action(
    async (
      old: string,
      now: string | undefined,
      options: {
        catalog?: string;
        failOn: "major" | "minor" | "patch";
        format: "pretty" | "json" | "markdown";
      },
    ) => {
      const { runDiff } = await import("./commands/diff.js");
      const { catalog, failOn, format } = options;
      process.exitCode = await runDiff(old, now, { catalog, failOn, format });
    },
  );

program
  .command("verify <api> <document>")
  .description("compare an API with the vendor's page, a Markdown or HTML file")
  .addOption(catalogOption())
  .option(
    "--source <name>",
    "which of the API's sources it is; default: the one with a sha256, or cited most",
  )
  .option("--accept", "record what is on the page now, in a file beside the API's YAML")
  .addOption(formatOption())
  .action(
    async (
      api: string,
      document: string,
      options: { catalog?: string; source?: string; accept?: true; format: "pretty" | "json" },
    ) => {
      const { runVerify } = await import("./commands/verify.js");
      const { catalog, source, accept, format } = options;
      process.exitCode = await runVerify(api, document, {
        ...{ catalog, source, format },
        accept: accept === true,
      });
    },
  );

// A reader that closed the pipe, as `head` does, is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.exitCode = 3;
    console.error(
      "errata: internal error. This is not a problem with your catalog. Please report it.",
    );
    console.error(error);
  }
}
