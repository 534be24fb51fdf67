/** Runs by the thousand on one virtual timeline, and what came of them. */
import { clientOf } from "./clients.js";
import { inVirtualTime } from "./clock.js";
import type { Fault } from "./faults.js";
import { type Client, type Report, type VenueName, type World, worldOf } from "./world.js";

/** Enough to share each jump of the clock, and few enough to be held at once. */
const atOnce = 4_000;

/** Sums over runs; orders apart from `runs`, `requests`, `early` and `endless`. */
export interface Totals {
  runs: number;
  requests: number;
  /** Requests that left sooner than an answer had asked for. */
  early: number;
  /** Runs without an end. */
  endless: number;
  orders: number;
  /** Executed twice or more often. */
  doubles: number;
  /** Reported failed, and executed. */
  wronglyFailed: number;
  /** Reported executed, and not executed. */
  wronglyExecuted: number;
  /** Executed exactly once. */
  once: number;
  /** Of those: when nobody wanted it any more. */
  late: number;
  /** Left to a person. */
  unresolved: number;
  /** Executed exactly once, or left to a person. */
  onceOrUnresolved: number;
}

export interface Result {
  readonly totals: Totals;
  readonly met: Map<Fault, number>;
  /** Seeds of the runs that break a promise, the first few of each kind. */
  readonly seeds: Readonly<
    Record<"doubles" | "wronglyFailed" | "wronglyExecuted" | "early" | "endless", number[]>
  >;
  /** What each client that threw threw first. */
  readonly errors: string[];
}

export function emptyResult(): Result {
  return {
    totals: {
      runs: 0,
      requests: 0,
      early: 0,
      endless: 0,
      orders: 0,
      doubles: 0,
      wronglyFailed: 0,
      wronglyExecuted: 0,
      once: 0,
      late: 0,
      unresolved: 0,
      onceOrUnresolved: 0,
    },
    met: new Map(),
    seeds: { doubles: [], wronglyFailed: [], wronglyExecuted: [], early: [], endless: [] },
    errors: [],
  };
}

interface Run {
  readonly world: World;
  reports: ReadonlyMap<string, Report> | null;
}

/** A run per seed, from `first` on. */
export async function runs(
  venue: VenueName,
  clientName: string,
  first: number,
  count: number,
  each: (run: Readonly<Run>) => void = () => {},
): Promise<Result> {
  const result = emptyResult();
  const client = clientOf(venue, clientName);
  for (let done = 0; done < count; done += atOnce) {
    const batch: Run[] = [];
    const size = Math.min(atOnce, count - done);
    await inVirtualTime(() => {
      for (let i = 0; i < size; i++)
        batch.push(begin(client, worldOf(venue, first + done + i), result));
    });
    for (const run of batch) {
      account(result, run);
      each(run);
    }
  }
  return result;
}

function begin(client: Client, world: World, { errors }: Result): Run {
  const run: Run = { world, reports: null };
  client(world).then(
    (reports) => (run.reports = reports),
    (error: unknown) => {
      if (errors.length < 3) errors.push(`seed ${world.seed}: ${causes(error)}`);
    },
  );
  return run;
}

function causes(error: unknown): string {
  return error instanceof Error && error.cause !== undefined
    ? `${error.stack}\n  from ${causes(error.cause)}`
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
}

/** How long after its end an order may still arrive by accident. */
const graceMs = 5_000;

function account({ totals, met, seeds }: Result, { world, reports }: Run): void {
  const { seed, plan, ledger, network, intents } = world;
  const note = (kind: keyof Result["seeds"]): void => {
    totals[kind]++;
    if (seeds[kind].length < 5) seeds[kind].push(seed);
  };
  totals.runs++;
  totals.requests += network.sent;
  if (network.early > 0) {
    note("early");
    totals.early += network.early - 1;
  }
  if (reports === null) note("endless");
  for (const [fault, times] of plan.met) met.set(fault, (met.get(fault) ?? 0) + times);
  for (const { reference, untilMs } of intents) {
    const times = ledger.executions.get(reference) ?? [];
    const report = reports?.get(reference) ?? null;
    const unresolved = report === "unresolved";
    const once = times.length === 1;
    totals.orders++;
    if (times.length > 1) note("doubles");
    if (report === "failed" && times.length > 0) note("wronglyFailed");
    if (report === "executed" && times.length === 0) note("wronglyExecuted");
    if (once) totals.once++;
    if (once && times[0]! > untilMs + graceMs) totals.late++;
    if (unresolved) totals.unresolved++;
    if (once || unresolved) totals.onceOrUnresolved++;
  }
}

/** Adds up what two parts of the same runs came to. */
export function together(a: Result, b: Result): Result {
  const sum = emptyResult();
  for (const { totals, met, seeds, errors } of [a, b]) {
    for (const key of keysOf(totals)) sum.totals[key] += totals[key];
    for (const [fault, times] of met) sum.met.set(fault, (sum.met.get(fault) ?? 0) + times);
    for (const kind of keysOf(seeds)) sum.seeds[kind].push(...seeds[kind]);
    sum.errors.push(...errors);
  }
  return sum;
}

const keysOf = <T extends object>(value: T): (keyof T)[] => Object.keys(value) as (keyof T)[];
