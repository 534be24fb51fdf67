/** The plug-in: generates when a build starts and when the catalog changes, and shows diagnostics where the bundler does. */
import { dirname } from "node:path";
import type { PartialMessage } from "esbuild";
import { createUnplugin, type UnpluginInstance } from "unplugin";
import type { Compilation, Compiler } from "webpack";
import type { Diagnostic, GenerateOptions, GenerateResult } from "../api.js";

/** An error as bundlers and overlays show it: `frame` says it all, with the line that it is about. */
function asError({ id, says, at, shown }: Diagnostic): Error & object {
  const error = new Error(`${says} (${id})`);
  // Where errata reported it is of no interest.
  error.stack = "";
  const place = at && { id: at.file, file: at.file, loc: { ...at, column: at.column - 1 } };
  return Object.assign(error, { name: "errata", plugin: "errata", frame: shown }, place);
}

/** The same for esbuild. */
function asMessage({ id, says, help, at }: Diagnostic): PartialMessage {
  const notes = help === null ? [] : [{ text: `help: ${help}` }];
  const location = at && { file: at.file, line: at.line, column: at.column - 1 };
  return { text: `${says} (${id})`, notes, location };
}

export const errata: UnpluginInstance<GenerateOptions | undefined, false> = createUnplugin<
  GenerateOptions | undefined,
  false
>((options) => {
  let last: GenerateResult | null = null;
  let running: Promise<unknown> = Promise.resolve();
  /** One after the other: two that write the same files would be in each other's way. */
  const run = (): Promise<GenerateResult> => {
    const next = running.then(async () => {
      const { generate } = await import("../api.js");
      return (last = await generate(options));
    });
    running = next.catch(() => {});
    return next;
  };
  const errors = (): readonly (Error & object)[] => (last?.diagnostics ?? []).map(asError);
  const folders = (): Set<string> => new Set(last?.documents.map((path) => dirname(path)));

  const webpack = (compiler: Compiler): void => {
    // Before anything is compiled: what is generated may be what is imported.
    const { run: once, watchRun, thisCompilation } = compiler.hooks;
    for (const start of [once, watchRun]) start.tapPromise("errata", run as () => Promise<never>);
    thisCompilation.tap("errata", (compilation: Compilation) => {
      compilation.contextDependencies.addAll(folders());
      compilation.errors.push(...(errors() as Compilation["errors"]));
    });
  };

  let isServed = false;
  return {
    name: "errata",
    webpack,
    rspack: (compiler) => webpack(compiler as unknown as Compiler),
    esbuild: {
      setup({ onStart, onResolve }) {
        onStart(async () => {
          const { diagnostics } = await run();
          return { errors: diagnostics.map(asMessage) };
        });
        onResolve({ filter: /.*/ }, ({ kind }) =>
          kind === "entry-point" && last ? { watchFiles: [...last.documents] } : null,
        );
      },
    },
    vite: {
      configResolved({ command }) {
        isServed = command === "serve";
      },
      async buildStart() {
        const { documents } = await run();
        for (const document of documents) this.addWatchFile(document);
        const [first, ...others] = errors();
        // A server starts all the same, and shows them over the page.
        for (const other of isServed ? errors() : others) this.warn(other);
        if (first !== undefined && !isServed) this.error(first);
      },
      configureServer({ watcher, ws }) {
        const show = (): void => {
          const [first] = errors();
          if (first)
            ws.send({ type: "error", err: { stack: "", ...first, message: first.message } });
        };
        ws.on("connection", show);
        watcher.on("all", (_, path) => {
          if (!/\.ya?ml$/.test(path) || ![...folders()].some((folder) => path.startsWith(folder)))
            return;
          const wasBroken = errors().length > 0;
          void run().then(({ ok, documents }) => {
            watcher.add([...documents]);
            if (!ok) show();
            else if (wasBroken) ws.send({ type: "full-reload" });
          });
        });
      },
    },
  };
});
