/**
 * How fast one response is told apart beside a decoder written by hand, ccxt and schema libraries, as ratios within one
 * run. All get the same responses, in turn, several times over; the medians count. What a subject returns is compared
 * with the right id of every response before anything is timed. What comes before the first answer is in start.ts.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv } from "ajv";
import { median, start, type Start } from "./start.js";
import { built, entries, type Entry, type Facts, generatePackage, messageOf } from "./synthetic.js";

const sizes = [30, 300, 3000];
const inputs = 2000;
const rounds = 7;
/** How long a subject is run in each round, at least. */
const turnMs = 60;
/** The floor that the ratios are to. */
const base = "by hand, Map";

/** These are not among the root's packages: the script `bench` installs them beside this file. */
const foreign = (name: string): Promise<any> => import(name);
const [ccxt, v, { z }] = await Promise.all(["ccxt", "valibot", "zod"].map(foreign));

interface Body {
  readonly code?: string;
  readonly message: string;
}

interface Input {
  readonly id: string;
  readonly response: { readonly status: number; readonly body: Body };
}

/** What was decoded last: kept, so that no compiler leaves making it out. */
let kept: unknown;

/** Gives the id of a response; what else it makes is its own matter. */
type Classify = (response: Input["response"]) => string;

const unknown = "bench.unknown";

/** The same numbers on every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Of twenty responses, sixteen have a known code, three a known message, and one has neither. */
function responses(list: readonly Entry[]): readonly Input[] {
  const next = random(1);
  const coded = list.filter(({ code }) => code !== null);
  const worded = list.filter(({ code }) => code === null);
  const pick = (from: readonly Entry[]): Entry => from[next(from.length)]!;
  const made = Array.from({ length: inputs }, (_, i): Input & { at: number } => {
    const at = next(2 ** 20);
    const amounts = [`${next(9000)}.50`, ["USD", "EUR", "USDT"][next(3)]!, `${next(9000)}`];
    const kind = i % 20;
    if (kind < 16) {
      const { id, code } = pick(coded);
      return { id, at, response: answer({ code: code!, message: "Request failed" }) };
    }
    if (kind < 19) {
      const entry = pick(worded);
      return { id: entry.id, at, response: answer({ message: messageOf(entry, amounts) }) };
    }
    const message = `order ${next(list.length)} vanished: ${amounts.join(" ")}`;
    const body = i % 40 < 20 ? { code: `9${next(10_000)}x`, message } : { message };
    return { id: unknown, at, response: answer(body) };
  });
  return made.sort((a, b) => a.at - b.at);
}

/** A response as fetch gives it: its texts are its own. */
function answer(body: Body): Input["response"] {
  return { status: 400, body: JSON.parse(JSON.stringify(body)) as Body };
}

/** What a decoder written by hand returns: all that ours does. */
interface Result {
  readonly ok: false;
  readonly failure: Facts & {
    readonly id: string;
    readonly status: number;
    readonly code: string | null;
    readonly text: string | null;
    readonly fields: object;
    readonly body: Body;
  };
}

const unknownFacts: Facts & { readonly id: string } = {
  id: unknown,
  category: "unknown",
  actor: "reconcile",
  outcome: "unknown",
  retry: "reconcile",
};
const noFields = {};

/** A decoder as a good engineer would write it for this one API. */
function byHand(list: readonly Entry[], codes: (code: string) => Entry | undefined): Classify {
  const byPrefix = new Map<string, Entry>();
  for (const entry of list) if (entry.code === null) byPrefix.set(entry.prefix, entry);
  const decimal = /^-?[0-9]+(?:\.[0-9]+)?$/;
  const currency = /^[A-Z][A-Z0-9]{2,9}$/;
  const worded = (text: string): { entry: Entry; fields: object } | null => {
    const colon = text.indexOf(": ");
    const entry = colon < 0 ? undefined : byPrefix.get(text.slice(0, colon + 2));
    if (entry === undefined) return null;
    const space = text.indexOf(" ", colon + 2);
    const than = text.indexOf(" is more than ", space + 1);
    if (space < 0 || than < 0) return null;
    const amount = text.slice(colon + 2, space);
    const money = text.slice(space + 1, than);
    const limit = text.slice(than + 14);
    if (!decimal.test(amount) || !currency.test(money) || !decimal.test(limit)) return null;
    return { entry, fields: { amount, currency: money, limit } };
  };
  const decode = (response: Input["response"]): Result => {
    const { status, body } = response;
    const code = typeof body.code === "string" ? body.code : null;
    const text = typeof body.message === "string" ? body.message : null;
    const coded = code === null ? undefined : codes(code);
    const found =
      coded !== undefined
        ? { entry: coded, fields: noFields }
        : text === null
          ? null
          : worded(text);
    const { id, category, actor, outcome, retry } = found?.entry ?? unknownFacts;
    const fields = found?.fields ?? noFields;
    return {
      ok: false,
      failure: { id, category, actor, outcome, retry, status, code, text, fields, body },
    };
  };
  return (response) => {
    const result = decode(response);
    kept = result;
    return result.failure.id;
  };
}

function byMap(list: readonly Entry[]): Classify {
  const byCode = new Map(list.flatMap((entry) => (entry.code ? [[entry.code, entry]] : [])));
  return byHand(list, (code) => byCode.get(code));
}

function bySwitch(list: readonly Entry[]): Classify {
  const cases = list.flatMap(({ code }, i) =>
    code === null ? [] : [`case ${JSON.stringify(code)}: return list[${i}];`],
  );
  const source = `return (code) => { switch (code) { ${cases.join("\n")} } };`;
  // oxlint-disable-next-line typescript/no-implied-eval -- a switch as long as the list
  const codes = new Function("list", source)(list) as (code: string) => Entry | undefined;
  return byHand(list, codes);
}

/** A package of errata, which is generated once for all that is measured of it. */
interface Package {
  readonly classify: Classify;
  readonly start: Start;
}

async function ofErrata(list: readonly Entry[], first: Input): Promise<Package> {
  const out = generatePackage(list, built);
  const module = join(out, "dist/bench/index.js");
  const { decodeBench } = (await foreign(pathToFileURL(module).href)) as {
    decodeBench: (response: Input["response"]) => Result;
  };
  const started = start(module, "decodeBench", first.response);
  rmSync(dirname(out), { recursive: true });
  const classify: Classify = (response) => {
    const result = decodeBench(response);
    kept = result;
    return result.failure.id;
  };
  return { classify, start: started };
}

/** ccxt's own matching, of an exchange that has a class for each entry, and their codes and prefixes in its tables. */
function byCcxt(list: readonly Entry[]): Classify {
  const exchange = new ccxt.Exchange({ id: "bench" });
  const tables = { exact: {} as Record<string, unknown>, broad: {} as Record<string, unknown> };
  for (const { id, code, prefix } of list) {
    const kind = class extends ccxt.ExchangeError {
      readonly entry = id;
    };
    if (code !== null) tables.exact[code] = kind;
    else tables.broad[prefix] = kind;
  }
  return ({ body: { code, message } }) => {
    try {
      exchange.throwExactlyMatchedException(tables.exact, code, message);
      exchange.throwBroadlyMatchedException(tables.broad, message, message);
      return unknown;
    } catch (error) {
      return (error as { entry: string }).entry;
    }
  };
}

const decimalPattern = "-?[0-9]+(?:\\.[0-9]+)?";
const patternOf = (entry: Entry): string =>
  `^${messageOf(entry, [decimalPattern, "[A-Z][A-Z0-9]{2,9}", decimalPattern])}$`;

function byAjv(list: readonly Entry[]): Classify {
  const ajv = new Ajv({ allErrors: false });
  const validators = list.map((entry) => {
    const { id, code } = entry;
    const [key, schema] =
      code === null ? ["message", { pattern: patternOf(entry) }] : ["code", { const: code }];
    const property = { type: "string", ...schema };
    const validate = ajv.compile({
      type: "object",
      required: [key],
      properties: { [key]: property },
    });
    return { id, validate };
  });
  return ({ body }) => validators.find(({ validate }) => validate(body))?.id ?? unknown;
}

function byZod(list: readonly Entry[]): Classify {
  const coded = list.flatMap(({ id, code }) =>
    code === null ? [] : [z.object({ code: z.literal(code) }).transform(() => id)],
  );
  const worded = list.flatMap((entry) => {
    if (entry.code !== null) return [];
    const message = z.string().regex(new RegExp(patternOf(entry)));
    return [z.object({ message }).transform(() => entry.id)];
  });
  const byCode = z.discriminatedUnion("code", coded);
  const byMessage = z.union(worded);
  return ({ body }) => {
    const found = body.code === undefined ? byMessage.safeParse(body) : byCode.safeParse(body);
    return found.success ? found.data : unknown;
  };
}

function byValibot(list: readonly Entry[]): Classify {
  const coded = list.flatMap(({ id, code }) =>
    code === null
      ? []
      : [
          v.pipe(
            v.object({ code: v.literal(code) }),
            v.transform(() => id),
          ),
        ],
  );
  const worded = list.flatMap((entry) => {
    if (entry.code !== null) return [];
    const message = v.pipe(v.string(), v.regex(new RegExp(patternOf(entry))));
    return [
      v.pipe(
        v.object({ message }),
        v.transform(() => entry.id),
      ),
    ];
  });
  const byCode = v.variant("code", coded);
  const byMessage = v.union(worded);
  return ({ body }) => {
    const schema = body.code === undefined ? byMessage : byCode;
    const found = v.safeParse(schema, body, { abortEarly: true });
    return found.success ? found.output : unknown;
  };
}

const makers: Readonly<Record<string, (list: readonly Entry[], own: Package) => Classify>> = {
  errata: (_, { classify }) => classify,
  [base]: byMap,
  "by hand, switch": bySwitch,
  "ccxt, exact and broad": byCcxt,
  "ajv, one validator after another": byAjv,
  "zod, discriminated union": byZod,
  "valibot, variant": byValibot,
};

interface Subject {
  readonly name: string;
  readonly classify: Classify;
  readonly missed: number;
}

/** The parts of the work that are timed by themselves. */
type Workload = "exact" | "mix";

let sink = 0;

/** Calls in a second, over at least a hundred responses; goes on where the last turn ended. */
function turn({ classify }: Subject, list: readonly Input[], from: number): number {
  let [calls, at] = [0, from];
  const start = performance.now();
  let elapsed = 0;
  while (elapsed < turnMs) {
    for (let i = 0; i < 100; i++) {
      sink += classify(list[at]!.response).length;
      at = at + 1 === list.length ? 0 : at + 1;
    }
    calls += 100;
    elapsed = performance.now() - start;
  }
  return (calls / elapsed) * 1000;
}

interface Measured {
  readonly count: number;
  readonly missed: ReadonlyMap<string, number>;
  readonly speed: Readonly<Record<Workload, ReadonlyMap<string, number>>>;
  readonly start: Start;
}

async function measure(count: number): Promise<Measured> {
  const list = entries(count);
  const mix = responses(list);
  const lists = {
    mix,
    exact: mix.filter(({ response: { body }, id }) => body.code && id !== unknown),
  };
  const own = await ofErrata(list, lists.exact[0]!);
  const subjects: Subject[] = [];
  for (const [name, make] of Object.entries(makers)) {
    const classify = make(list, own);
    const missed = mix.filter(({ id, response }) => classify(response) !== id).length;
    if (missed > 0 && (name === base || name === "errata"))
      throw new Error(`${name} misses ${missed}`);
    subjects.push({ name, classify, missed });
  }
  const timed = (workload: Workload): ReadonlyMap<string, number> => {
    const speeds = new Map(subjects.map(({ name }) => [name, [] as number[]]));
    for (let round = 0; round <= rounds; round++)
      for (const subject of subjects) {
        const speed = turn(subject, lists[workload], (round * 500) % lists[workload].length);
        // In the first round, everything is compiled.
        if (round > 0) speeds.get(subject.name)!.push(speed);
      }
    return new Map([...speeds].map(([name, values]) => [name, median(values)]));
  };
  return {
    count,
    missed: new Map(subjects.map(({ name, missed }) => [name, missed])),
    speed: { mix: timed("mix"), exact: timed("exact") },
    start: own.start,
  };
}

const results: Measured[] = [];
for (const count of sizes) results.push(await measure(count));

function shown(speed: number): string {
  if (speed < 1e4) return `${(speed / 1e3).toFixed(1)} k`;
  return speed < 1e6 ? `${Math.round(speed / 1e3)} k` : `${(speed / 1e6).toFixed(1)} M`;
}

function ratio(value: number): string {
  return value >= 0.1 ? value.toFixed(2) : value.toPrecision(1);
}

function head(of: string): string {
  const columns = sizes.map((count) => `${count} entries`).join(" | ");
  return `| ${of} | ${columns} |\n| --- |${" --- |".repeat(sizes.length)}`;
}

function table(cell: (measured: Measured, name: string) => string): string {
  const rows = Object.keys(makers).map(
    (name) => `| ${[name, ...results.map((measured) => cell(measured, name))].join(" | ")} |`,
  );
  return `${head("decoder")}\n${rows.join("\n")}`;
}

const starts = (
  [
    ["a process that imports it, over `node -e 0`", ({ overNothing }) => `${ratio(overNothing)} ×`],
    ["import", ({ importMs }) => `${importMs.toFixed(1)} ms`],
    ["first decode", ({ firstMs }) => `${firstMs.toFixed(1)} ms`],
  ] satisfies [string, (start: Start) => string][]
).map(([name, cell]) => `| ${[name, ...results.map((one) => cell(one.start))].join(" | ")} |`);

const speeds = (workload: Workload): string =>
  table(({ speed }, name) => {
    const own = speed[workload].get(name)!;
    return `${shown(own)}/s (${ratio(own / speed[workload].get(base)!)} ×)`;
  });

const libraries = Object.keys(makers).filter(
  (name) => name !== "errata" && !name.startsWith("by hand"),
);
const ahead = results.map(({ count, speed: { mix } }) => {
  const best = libraries.reduce((a, b) => (mix.get(a)! > mix.get(b)! ? a : b));
  return `${(mix.get("errata")! / mix.get(best)!).toFixed(1)} × at ${count} entries (${best})`;
});

const report = `# Decoding one response

Responses a second, and in brackets the ratio to a decoder written by hand with a \`Map\` in the same run. Medians of ${rounds}
rounds in turn over the same ${inputs} responses. errata and the decoders by hand return the whole failure, with its facts and
captures; the others no more than an id. Node ${process.versions.node}, ${cpus().length} cores.

## 80 % known codes, 15 % messages with captures, 5 % unknown

${speeds("mix")}

errata is ahead of the best library ${ahead.join(", ")}.

## Known codes only

${speeds("exact")}

## Before the first answer, in a new process

${head("errata")}
${starts.join("\n")}

## Wrong ids, of ${inputs}

${table(({ missed }, name) => String(missed.get(name)))}
`;
const file = new URL("results/decode.md", import.meta.url);
mkdirSync(new URL(".", file), { recursive: true });
writeFileSync(file, report);
console.log(report);
if (sink === 0 || kept === undefined) throw new Error("Nothing was decoded");
