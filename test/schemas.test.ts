/** Every emitted schema is valid, accepts what it describes, and agrees with the guard of the same shape. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Ajv2020, type AnySchemaObject, type ValidateFunction } from "ajv/dist/2020.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instance } from "../generator/emit/schemas/schemas.js";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import { nameCatalog } from "../generator/emit/typescript/names.js";
import type { Shape } from "../generator/model/channel.js";
import type { Api } from "../generator/sections/catalog.js";
import type { LeafType, Shape as ShapeData } from "../generator/runtime/shape.js";
import { filesIn, generated, load, realManifest, renderAll, stories } from "./support.js";

const packages = [
  { name: "generated", manifest: realManifest, expected: generated },
  ...stories.filter(({ name }) => name !== "emit-source"),
];

/** Only own properties count, as in the guards: `toString` is in every object. */
const newAjv = (): Ajv2020 => new Ajv2020({ strict: true, ownProperties: true });

function schemasOf(folder: string): readonly { path: string; schema: AnySchemaObject }[] {
  return filesIn(folder)
    .filter((path) => path.endsWith(".schema.json"))
    .map((path) => ({ path, schema: JSON.parse(readFileSync(join(folder, path), "utf8")) }));
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
    const ajv = newAjv();
    validators = new Map(schemas.map(({ path, schema }) => [path, ajv.compile(schema)]));
    for (const { id, shapes } of apis.filter((api) => api.shapes.length > 0)) {
      const module = await import(join(modules, `dist/${id}/shapes.js`));
      for (const shape of shapes)
        guards.set(shape, module[names.get(id)!.shapes.get(shape)!.guard]);
    }
  });

  it("satisfy the metaschema and compile in ajv's strict mode", () => {
    expect(schemas.length).toBeGreaterThan(0);
    const ajv = newAjv();
    for (const { path, schema } of schemas) {
      expect(ajv.validateSchema(schema), path).toBe(true);
      expect(() => ajv.compile(schema), path).not.toThrow();
    }
  });

  it("have ids of their own", () => {
    const ids = schemas.map(({ schema }) => schema["$id"]);
    expect(new Set(ids).size).toBe(ids.length);
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
  const ajv = newAjv();
  const schema = (path: string): ValidateFunction =>
    ajv.compile(JSON.parse(readFileSync(join(generated, "schemas", path), "utf8")));

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
