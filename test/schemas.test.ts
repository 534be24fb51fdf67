/** Every emitted schema is valid, accepts what it describes, and agrees with the guard of the same shape. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Ajv2020, type AnySchemaObject, type ValidateFunction } from "ajv/dist/2020.js";
import fc from "fast-check";
import { compileFromFile } from "json-schema-to-typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instance, schemas } from "../generator/emit/schemas/schemas.js";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import { nameCatalog } from "../generator/emit/typescript/names.js";
import type { Shape } from "../generator/model/channel.js";
import type { Api } from "../generator/sections/catalog.js";
import type { LeafType, Shape as ShapeData } from "../generator/runtime/shape.js";
import { writeCatalog } from "./case-file.js";
import { project } from "./command.js";
import {
  generated,
  load,
  loadChecked,
  realManifest,
  renderAll,
  schemasOf,
  stories,
} from "./support.js";

const packages = [
  { name: "generated", manifest: realManifest, expected: generated },
  ...stories.filter(({ name }) => name !== "emit-source"),
];

/** Only own properties count, as in the guards: `toString` is in every object. */
const newAjv = (): Ajv2020 => new Ajv2020({ strict: true, ownProperties: true });

/** One that knows some schemas by their ids. */
function ajvWith(schemas: readonly { readonly schema: AnySchemaObject }[]): Ajv2020 {
  const ajv = newAjv();
  for (const { schema } of schemas) ajv.addSchema(schema);
  return ajv;
}

describe.each(packages)("the schemas of $name", ({ manifest, expected }) => {
  const schemas = schemasOf(expected);
  let apis: readonly Api[];
  let validators: ReadonlyMap<string, ValidateFunction>;
  const modules = mkdtempSync(join(tmpdir(), "errata-schemas-"));
  afterAll(() => rmSync(modules, { recursive: true }));
  /** Guards by the names of their types, from the emitted modules. */
  const guards = new Map<Shape, (value: unknown) => boolean>();

  const accepts = (api: Api, name: string, value: unknown): boolean =>
    validators.get(`schemas/${api.id}/${name}.schema.json`)!(value);

  beforeAll(async () => {
    const catalog = await load(manifest);
    ({ apis } = catalog);
    const names = nameCatalog(catalog, new DiagnosticLog());
    const { built } = await renderAll(manifest);
    for (const { path, text } of built) {
      mkdirSync(dirname(join(modules, path)), { recursive: true });
      writeFileSync(join(modules, path), text);
    }
    const ajv = ajvWith(schemas);
    validators = new Map(schemas.map(({ path, schema }) => [path, ajv.getSchema(schema.$id!)!]));
    for (const { id, shapes } of apis.filter((api) => api.shapes.length > 0)) {
      const module = await import(join(modules, `dist/${id}/shapes.js`));
      for (const shape of shapes)
        guards.set(shape, module[names.get(id)!.shapes.get(shape)!.guard]);
    }
  });

  it("satisfy the metaschema and compile in ajv's strict mode", () => {
    expect(schemas.length).toBeGreaterThan(0);
    const ajv = ajvWith(schemas);
    for (const { path, schema } of schemas) {
      expect(ajv.validateSchema(schema), path).toBe(true);
      expect(() => ajv.getSchema(schema.$id!), path).not.toThrow();
    }
  });

  it("have ids of their own", () => {
    const ids = schemas.map(({ schema }) => schema["$id"]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("refer to each other by the names of their files, and repeat nothing in a reply", async () => {
    for (const { path, schema } of schemas) {
      const refs = [...JSON.stringify(schema).matchAll(/"\$ref":"([^"#]+)[#"]/g)];
      for (const [, file] of refs)
        expect(existsSync(join(expected, dirname(path), file!)), `${path}: ${file}`).toBe(true);
      if (!path.endsWith("/reply.schema.json")) continue;
      expect(schema).not.toHaveProperty("$defs");
      expect(refs.length).toBeGreaterThan(0);
      // It reads files, and knows nothing of ids.
      const cwd = `${join(expected, dirname(path))}/`;
      expect(await compileFromFile(join(expected, path), { cwd })).toContain("export ");
    }
  });

  it("accept every example, in the family's schema and in the whole reply's", () => {
    for (const api of apis)
      for (const entry of api.entries.filter(({ removed }) => removed === null))
        for (const example of entry.examples) {
          const value = instance(entry, example);
          expect(accepts(api, entry.family.key, value), entry.id).toBe(true);
          if (entry.match.channel.kind === "http")
            expect(accepts(api, "reply", value), `${entry.id} in reply`).toBe(true);
        }
  });

  it("reject a body in which there is nothing to know an entry by", () => {
    for (const api of apis) {
      const families = new Set(api.entries.map(({ family }) => family.key));
      for (const family of families)
        if (family === "errors") expect(accepts(api, family, { body: {} }), api.id).toBe(false);
        else if (family !== "statuses") expect(accepts(api, family, {}), api.id).toBe(false);
    }
  });

  it("accept and reject the bodies of the examples as the guards do", () => {
    for (const api of apis) {
      const bodies = [
        ...api.shapes.flatMap(({ examples }) => examples),
        ...api.entries.flatMap(({ examples }) => examples.map(({ body }) => body ?? null)),
      ];
      for (const shape of api.shapes) {
        const { name, examples } = shape;
        for (const body of examples) expect(accepts(api, name, body), name).toBe(true);
        for (const body of bodies)
          expect(accepts(api, name, body), `${name}: ${JSON.stringify(body)}`).toBe(
            guards.get(shape)!(body),
          );
      }
    }
  });

  it("accept and reject any value that the guards do", () => {
    for (const api of apis)
      for (const shape of api.shapes)
        fc.assert(
          fc.property(near(shape.root), (value) => {
            expect(accepts(api, shape.name, value)).toBe(guards.get(shape)!(value));
          }),
          { numRuns: 300 },
        );
  });
});

/** JSON values that have a shape, or miss it in one place or a few. */
function near(shape: ShapeData): fc.Arbitrary<unknown> {
  const slip = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: anything });
  if ("is" in shape) return slip(fc.oneof(...shape.is.map((type) => leaves[type])));
  if ("items" in shape) return slip(fc.array(near(shape.items), { maxLength: 3 }));
  const entries = shape.keys.map(([key, inner]) =>
    fc.option(near(inner), { nil: missing, freq: 12 }).map((value) => [key, value] as const),
  );
  const foreign = fc.tuple(fc.constantFrom("extra", "__proto__", "toString", "length"), anything);
  return slip(
    fc
      .tuple(fc.array(foreign, { maxLength: 1 }), ...entries)
      .map(([others, ...own]) =>
        Object.fromEntries([...others, ...own.filter(([, value]) => value !== missing)]),
      ),
  );
}

const missing = Symbol("missing");
const anything = fc.jsonValue({ maxDepth: 1 });
const leaves: Readonly<Record<LeafType, fc.Arbitrary<unknown>>> = {
  string: fc.string({ maxLength: 3 }),
  integer: fc.oneof(fc.integer(), fc.constantFrom(0, -0, 1e300, 0.5)),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }),
  boolean: fc.boolean(),
  object: fc.dictionary(fc.string({ maxLength: 3 }), anything, { maxKeys: 2 }),
  array: fc.array(anything, { maxLength: 2 }),
  nothing: fc.constant(null),
  any: anything,
};

describe("the schemas of the three APIs", () => {
  const all = schemasOf(generated);
  const ajv = ajvWith(all);
  const schema = (path: string): ValidateFunction =>
    ajv.getSchema(all.find((one) => one.path === `schemas/${path}`)!.schema.$id!)!;

  it("know a decline by its text, as named and as sent, and no other text", () => {
    const declines = schema("abp/declines.schema.json");
    const declined = (declineReason: string): boolean => declines({ declineReason });
    expect(declined("Invalid odds")).toBe(true);
    const sent = "Order stake 15000.00 USD exceeds available limit 5000.00 USD";
    expect(declined(sent)).toBe(true);
    expect(declined(`${sent}.`)).toBe(false);
    expect(declined(sent.replace("15000.00", "much"))).toBe(false);
    expect(declined("A reason of tomorrow")).toBe(false);
    expect(declined("invalid odds")).toBe(false);
  });

  it("know a socket message by its text", () => {
    const sockets = schema("mm/sockets.schema.json");
    expect(sockets({ error: "Connection limit exceeded" })).toBe(true);
    expect(sockets({ error: "Connection limit exceeded!" })).toBe(false);
  });

  it("know an error by its code, the ends of a range included and its neighbours not", () => {
    const errors = schema("6mm/errors.schema.json");
    const known = (code: number): boolean =>
      errors({ body: { code, message: "x", requestId: "r" } });
    expect([3100, 3105, 3112, 1003].filter((code) => !known(code))).toEqual([]);
    expect([1005, 3002, 3099, 3113, 3100.5].filter(known)).toEqual([]);
  });
});

describe("the schemas of a large API", async () => {
  interface Body {
    readonly code?: number;
    readonly message?: string;
    readonly kind?: string;
  }
  const entries = Array.from({ length: 300 }, (_, i) => {
    const [code, kind] = [1_000 + i, `kind-${i % 3}`];
    // By a code, by a text, by a code and a text that no other has, and by a code and a condition.
    const [known, body] = (
      [
        [`code: ${code}`, { code }],
        [`message: "Text ${i}: {amount:decimal}"`, { message: `Text ${i}: 12.5` }],
        [`code: ${code}, message: "Of ${i}: {n:integer}"`, { code, message: `Of ${i}: 1` }],
        [`code: [${code}, ${code + 5_000}], where: { /kind: ${kind} }`, { code, kind }],
      ] satisfies readonly [string, Body][]
    )[i % 4]!;
    return { name: `e${i}`, status: [400, 409][i % 2]!, known, body: body as Body };
  });
  const yaml = `api: { title: Shop API, summary: Sells things., codes: integer }
channels:
  http: { transport: http, code: [/error/code, /code], message: /message }
statuses:
  200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200 }] }
errors:
${entries
  .map(
    ({ name, status, known, body }, i) => `  ${name}:
    { ${known}${i % 5 === 0 ? "" : `, status: ${status}`}, category: validation, outcome: not-executed, retry: never,
      summary: It failed., examples: [{ status: ${status}, body: ${JSON.stringify(body)} }] }\n`,
  )
  .join("")}`;
  const manifest = writeCatalog(yaml, join(project({}), "catalog"));
  const { catalog, plans } = await loadChecked(manifest);
  const symbols = plans.find((plan) => plan.symbols !== null)!.symbols!;
  const { apis: stale } = catalog;
  const shared = { catalog, stale, symbols, runtime: new Map(), manifest: "", packed: [] };
  const files = [...(await schemas.plan(catalog, new DiagnosticLog()).emit(shared))];
  const read = files.map(({ text }) => ({ schema: JSON.parse(text) as AnySchemaObject }));
  const ajv = ajvWith(read);
  const [errors, reply] = ["errors", "reply"].map(
    (name) => read.find(({ schema }) => schema.$id!.endsWith(`/${name}.schema.json`))!.schema,
  ) as [AnySchemaObject, AnySchemaObject];

  it("have few alternatives to try, and each way to be one", () => {
    expect(errors["anyOf"].length).toBeLessThan(60);
    expect(JSON.stringify(errors["anyOf"])).toContain('"if"');
    expect(reply["anyOf"]).toHaveLength(2);
  });

  it("accept what an entry describes, and nothing else", () => {
    const known = entries.map(
      ({ name }) => ajv.getSchema(`${errors.$id!}#/$defs/${name}`) as ValidateFunction,
    );
    const isError = ajv.getSchema(errors.$id!)!;
    const isReply = ajv.getSchema(reply.$id!)!;
    const any = fc.constantFrom(...entries);
    const changed = fc.constantFrom("nothing", "status", "code", "message", "kind", "error");
    // A response of an entry, with at most one thing from another.
    const near = fc.tuple(any, any, changed).map(([own, other, what]) => ({
      status: (what === "status" ? other : own).status,
      body: {
        ...own.body,
        ...Object.fromEntries(Object.entries(other.body).filter(([key]) => key === what)),
        ...(what === "error" ? { error: other.body } : {}),
      },
    }));
    const counts = { yes: 0, no: 0 };
    fc.assert(
      fc.property(near, (value) => {
        const isSome = known.some((validate) => validate(value));
        expect(isError(value)).toBe(isSome);
        if (isSome) expect(isReply(value)).toBe(true);
        counts[isSome ? "yes" : "no"]++;
      }),
      { numRuns: 3_000 },
    );
    expect(Math.min(counts.yes, counts.no)).toBeGreaterThan(300);
  });
});
