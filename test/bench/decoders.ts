/** Everybody who can tell a response apart: errata, decoders written by hand, ccxt and schema libraries. */
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv } from "ajv";
import { remove } from "./files.js";
import { foreign } from "./peers.js";
import { type Body, type Input, unknown } from "./responses.js";
import { built, type Entry, type Facts, generatePackage, messageOf } from "./synthetic.js";

const [ccxt, v, { z }] = await Promise.all(["ccxt", "valibot", "zod"].map(foreign));

/** The floor that the ratios are to. */
export const base = "by hand, Map";

/** What was decoded last: kept, so that no compiler leaves making it out. */
export let kept: unknown;

/** Gives the id of a response; what else it makes is its own matter. */
export type Classify = (response: Input["response"]) => string;

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

async function byErrata(list: readonly Entry[]): Promise<Classify> {
  const out = generatePackage(list, built);
  const { decodeBench } = (await foreign(pathToFileURL(join(out, "dist/bench/index.js")).href)) as {
    decodeBench: (response: Input["response"]) => Result;
  };
  remove(dirname(out));
  return (response) => {
    const result = decodeBench(response);
    kept = result;
    return result.failure.id;
  };
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

/** By the name in the tables. */
export const makers: Readonly<
  Record<string, (list: readonly Entry[]) => Classify | Promise<Classify>>
> = {
  errata: byErrata,
  [base]: byMap,
  "by hand, switch": bySwitch,
  "ccxt, exact and broad": byCcxt,
  "ajv, one validator after another": byAjv,
  "zod, discriminated union": byZod,
  "valibot, variant": byValibot,
};
