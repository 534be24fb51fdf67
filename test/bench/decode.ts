/**
 * How fast one response is told apart beside a decoder written by hand, ccxt and schema libraries, as ratios within one
 * run. All get the same responses, in turn, several times over; the medians count. What a subject returns is compared
 * with the right id of every response before anything is timed.
 */
import { base, type Classify, kept, makers } from "./decoders.js";
import { machine, median, saveResult, table } from "./report.js";
import { type Input, responses, unknown } from "./responses.js";
import { entries } from "./synthetic.js";

const sizes = [30, 300, 3_000];
const inputs = 2_000;
const rounds = 7;
/** How long a subject is run in each round, at least. */
const turnMs = 60;

/** The parts of the work that are timed by themselves. */
const workloads = {
  mix: "80 % known codes, 15 % messages with captures, 5 % unknown",
  exact: "Known codes only",
} as const;

type Workload = keyof typeof workloads;

export interface DecodeSize {
  readonly count: number;
  /** How many responses each decoder gives a wrong id. */
  readonly missed: Readonly<Record<string, number>>;
  /** Responses a second, by decoder. */
  readonly speed: Readonly<Record<Workload, Readonly<Record<string, number>>>>;
  /** The library that is the fastest on the mix. */
  readonly best: string;
}

export interface DecodeResult {
  readonly machine: string;
  /** Whom the ratios are to. */
  readonly base: string;
  readonly sizes: readonly DecodeSize[];
}

interface Subject {
  readonly name: string;
  readonly classify: Classify;
  readonly missed: number;
}

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

/** The median speed of each subject, rounded to whole responses. */
function timed(
  subjects: readonly Subject[],
  list: readonly Input[],
): Readonly<Record<string, number>> {
  const speeds = new Map(subjects.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++)
    for (const subject of subjects) {
      const speed = turn(subject, list, (round * 500) % list.length);
      // In the first round, everything is compiled.
      if (round > 0) speeds.get(subject.name)!.push(speed);
    }
  return Object.fromEntries(
    [...speeds].map(([name, values]) => [name, Math.round(median(values))]),
  );
}

async function measure(count: number): Promise<DecodeSize> {
  const list = entries(count);
  const mix = responses(list, inputs);
  const exact = mix.filter(({ response: { body }, id }) => body.code && id !== unknown);
  const subjects: Subject[] = [];
  for (const [name, make] of Object.entries(makers)) {
    const classify = await make(list);
    const missed = mix.filter(({ id, response }) => classify(response) !== id).length;
    if (missed > 0 && (name === base || name === "errata"))
      throw new Error(`${name} misses ${missed}`);
    subjects.push({ name, classify, missed });
  }
  const speed = { mix: timed(subjects, mix), exact: timed(subjects, exact) };
  const libraries = Object.keys(makers).filter(
    (name) => name !== "errata" && !name.startsWith("by hand"),
  );
  return {
    ...{ count, speed },
    missed: Object.fromEntries(subjects.map(({ name, missed }) => [name, missed])),
    best: libraries.reduce((a, b) => (speed.mix[a]! > speed.mix[b]! ? a : b)),
  };
}

function shown(speed: number): string {
  if (speed < 1e4) return `${(speed / 1e3).toFixed(1)} k`;
  return speed < 1e6 ? `${Math.round(speed / 1e3)} k` : `${(speed / 1e6).toFixed(1)} M`;
}

function ratio(value: number): string {
  return value >= 0.1 ? value.toFixed(2) : value.toPrecision(1);
}

function report({ sizes: results }: DecodeResult): string {
  const head = ["decoder", ...results.map(({ count }) => `${count} entries`)];
  const rows = (cell: (measured: DecodeSize, name: string) => string): string =>
    table(
      head,
      Object.keys(makers).map((name) => [name, ...results.map((size) => cell(size, name))]),
    );
  const speeds = (workload: Workload): string =>
    rows(({ speed }, name) => {
      const own = speed[workload][name]!;
      return `${ratio(own / speed[workload][base]!)} × (${shown(own)}/s)`;
    });
  const ahead = results.map(({ count, speed: { mix }, best }) => {
    return `${(mix["errata"]! / mix[best]!).toFixed(1)} × at ${count} entries (${best})`;
  });
  return `# Decoding one response

The ratio to a decoder written by hand with a \`Map\` in the same run, and in brackets responses a second. Medians of ${rounds}
rounds in turn over the same ${inputs} responses. errata and the decoders by hand return the whole failure, with its facts and
captures; the others no more than an id. ${machine}.

## ${workloads.mix}

${speeds("mix")}

errata is ahead of the best library ${ahead.join(", ")}.

## ${workloads.exact}

${speeds("exact")}

## Wrong ids, of ${inputs}

${rows(({ missed }, name) => String(missed[name]))}
`;
}

const results: DecodeSize[] = [];
for (const count of sizes) results.push(await measure(count));
if (sink === 0 || kept === undefined) throw new Error("Nothing was decoded");
const result: DecodeResult = { machine, base, sizes: results };
saveResult("decode", result, report(result));
