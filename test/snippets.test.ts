/** The code on the page of each entry compiles as strictly as a consumer may want, and does what it says for the body shown there. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { beforeAll, expect, it } from "vitest";
import type { HttpResponse } from "trading-api-errors";
import * as abp from "trading-api-errors/abp";
import * as mm from "trading-api-errors/mm";
import * as sixMm from "trading-api-errors/6mm";
import type { Entry } from "../generator/model/entry.js";
import { generated, load, realManifest, root } from "./support.js";

const modules: Readonly<Record<string, object>> = {
  "trading-api-errors/abp": abp,
  "trading-api-errors/mm": mm,
  "trading-api-errors/6mm": sixMm,
};

interface Snippet {
  readonly entry: Entry;
  /** `trading-api-errors/abp` */
  readonly from: string;
  readonly imported: string;
  readonly rest: string;
}

let failures: readonly Entry[];
let snippets: readonly Snippet[];
beforeAll(async () => {
  const { apis } = await load(realManifest);
  failures = apis.flatMap(({ living }) => living.filter(({ success }) => !success));
  snippets = apis.flatMap(({ id, living }) =>
    living.flatMap((entry): Snippet[] => {
      const path = join(generated, "docs", id, entry.family.key, `${entry.name}.md`);
      const [, code] = /^```ts\n([^]*?)^```$/m.exec(readFileSync(path, "utf8")) ?? [];
      if (code === undefined) return [];
      const [, imported, from, rest] = /^import (\{.*\}) from "(.*)";\n\n([^]*)$/.exec(code)!;
      return [{ entry, imported: imported!, from: from!, rest: rest! }];
    }),
  );
});

it("is there for each failure, and for no success", () => {
  expect(snippets.map(({ entry }) => entry.id)).toEqual(failures.map(({ id }) => id));
});

it("compiles", () => {
  const given = "frame: unknown, sent: Iterable<string>, response: HttpResponse";
  const files = new Map(
    snippets.map(({ imported, from, rest }, i) => [
      join(root, `test/snippet-${i}.ts`),
      `import type { HttpResponse } from "trading-api-errors";\nimport ${imported} from "${from}";\nexport function run(${given}): void {\n${rest}}\n`,
    ]),
  );
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
    strict: true,
    noEmit: true,
    noUnusedLocals: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (path, ...others) => {
    const text = files.get(path);
    return text === undefined
      ? getSourceFile.call(host, path, ...others)
      : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  };
  host.fileExists = (path) => files.has(path) || fileExists.call(host, path);
  host.readFile = (path) => files.get(path) ?? readFile.call(host, path);
  const program = ts.createProgram([...files.keys()], options, host);
  const problems = ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => [
      file?.text,
      ts.flattenDiagnosticMessageText(messageText, "\n"),
    ]);
  expect(problems).toEqual([]);
});

it("logs what came, for every body on the page", () => {
  let ran = 0;
  for (const { entry, imported, from, rest } of snippets)
    for (const example of entry.examples) {
      const logged: unknown[][] = [];
      const text = ts.transpile(rest, { target: ts.ScriptTarget.ES2022 });
      // oxlint-disable-next-line typescript/no-implied-eval -- what the page shows has to run
      const run = new Function(
        "module",
        "console",
        "frame",
        "sent",
        "response",
        `const ${imported} = module;\n${text}`,
      );
      const { frame, sent, response } = given(example);
      run(
        modules[from],
        { log: (...values: unknown[]) => logged.push(values) },
        frame,
        sent,
        response,
      );
      expect(logged.length, entry.id).toBe(1);
      ran++;
    }
  expect(ran).toBeGreaterThan(failures.length - 1);
});

/** An example as the code on its page is given it; an item of a batch in the lists of the one API that has a batch. */
function given({ channel, status = 400, headers = {}, body }: Entry["examples"][number]): {
  frame: unknown;
  sent: readonly string[];
  response: HttpResponse;
} {
  if (channel.kind !== "items")
    return { frame: body, sent: [], response: { status, headers, body } };
  const { requestUuid, declineReason } = body as Readonly<Record<string, string>>;
  const lists = {
    acceptedOrders: declineReason === undefined ? [body] : [],
    declinedOrders: declineReason === undefined ? [] : [body],
  };
  return {
    frame: null,
    sent: [requestUuid!],
    response: { status: 200, headers: {}, body: { status: "declined", ...lists } },
  };
}
