/**
 * An exchange that fails on purpose, in virtual time: how often each client executes an order twice, reports one failed
 * that was executed, or sends sooner than asked. `--runs N` for another number of runs per venue and client.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { broken, isBehind } from "../exchange/faulty/claims.js";
import { calls, keepers, partly, theirs } from "../exchange/faulty/clients.js";
import { type Fault, faults } from "../exchange/faulty/faults.js";
import { emptyResult, type Result, runs, together } from "../exchange/faulty/runs.js";
import type { VenueName } from "../exchange/faulty/world.js";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "100000" }, seed: { type: "string", default: "1" } },
});
const [count, seed] = [Number(values.runs), Number(values.seed)];

/** Everybody at a venue, in the order of the table. */
const all = (venue: VenueName): readonly string[] => [
  ...keepers(venue),
  ...partly,
  ...calls,
  ...theirs(venue),
];

/** Who says nothing more than the README has all of the runs; of the others a fifth tells as much. */
const runsOf = (name: string): number => (name === "errata" ? count : Math.ceil(count / 5));

/** A part of the runs of one client, so that the processes end at about the same time. */
interface Job {
  readonly venue: VenueName;
  readonly name: string;
  readonly first: number;
  readonly count: number;
}

/** A result as it goes from one process to another. */
interface Message extends Omit<Result, "met"> {
  readonly met: readonly (readonly [Fault, number])[];
}

const venues: Readonly<Record<VenueName, string>> = {
  abp: "ABP: batches of one to three orders, each with a UUID that is remembered for 30 minutes",
  mm: "MM: one cancel, without a key",
  "6mm": "6mm: one signed order, without a key",
};

async function main(): Promise<void> {
  const results = new Map<string, Result>();
  const part = 25_000;
  const jobs: Job[] = [];
  for (const venue of Object.keys(venues) as VenueName[])
    for (const name of all(venue)) {
      results.set(`${venue}: ${name}`, emptyResult());
      const own = runsOf(name);
      for (let done = 0; done < own; done += part)
        jobs.push({ venue, name, first: seed + done, count: Math.min(part, own - done) });
    }
  let ended = 0;
  const total = jobs.length;
  const work = async (): Promise<void> => {
    const child = fork(fileURLToPath(import.meta.url));
    const failed = once(child, "exit").then(() => Promise.reject(new Error("A process ended")));
    failed.catch(() => {});
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      child.send(job);
      const [{ met, ...result }] = (await Promise.race([once(child, "message"), failed])) as [
        Message,
      ];
      const key = `${job.venue}: ${job.name}`;
      results.set(key, together(results.get(key)!, { ...result, met: new Map(met) }));
      console.error(`${++ended} of ${total}: ${key}, from seed ${job.first}`);
    }
    child.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  write((venue, name) => results.get(`${venue}: ${name}`)!);
}

function write(of: (venue: VenueName, name: string) => Result): void {
  const report = `# An exchange that fails on purpose

${count} runs of the first client at each venue, and a fifth of that of every other, with seeds from ${seed} on, in virtual time. Node ${process.versions.node.split(".")[0]}; ${versions()}.
The catalogs' vendors took no part: the venues are simulations. They do what the pages document, what is least convenient where those
are silent, and fail in the ways listed below. The clients wait two seconds for an answer.

"Twice": orders that were executed more than once. "Wrongly failed": reported failed, and executed. "Too early": requests sent before the
wait was over that an answer had asked for. "No end": runs of more than 60 requests. "Once": orders executed exactly once, whatever the
client reports, and of all orders those that were executed when nobody wanted them any more; the others were declined, refused, expired
or filled, or given up. "Open": orders that are left to a person.

Who is called errata is a session with the catalog's look-up and a gate, and says nothing more; its deadline is the order's. The rows
below say what is done otherwise. "Knowing that nothing repeats" is told whether a proxy may repeat its requests, which hardly anybody
knows; "looking among open orders" asks what cannot show an order that was filled; "the README's own lines" are the code of the README,
copied. A call is one through an adapter with a gate, and what it leaves unknown is left to a person, as is every item that
was declined after an earlier copy. The others report what their code sees: a 2xx, with code 0 at 6mm, has succeeded; an error has
failed. They sign in an interceptor or within the retried function where it says "signs anew" and for axios at 6mm, and once otherwise.

${(Object.keys(venues) as VenueName[]).map((venue) => section(venue, of)).join("\n\n")}

## What went wrong

How often each fault was met, by all clients together.

${faultTable(of)}
`;
  const file = new URL("results/faults.md", import.meta.url);
  mkdirSync(new URL(".", file), { recursive: true });
  writeFileSync(file, report);
  console.log(report);
}

function section(venue: VenueName, of: (venue: VenueName, name: string) => Result): string {
  const names = all(venue);
  const rows = names.map((name) => {
    const { totals } = of(venue, name);
    const { orders, requests, doubles, wronglyFailed, early, endless, unresolved } = totals;
    const late = totals.late === 0 ? "" : `, ${percent(totals.late, orders)} late`;
    const cells = [
      share(doubles, orders),
      share(wronglyFailed, orders),
      share(early, requests),
      share(endless, totals.runs),
      percent(totals.once, orders) + late,
      percent(unresolved, orders),
      (requests / orders).toFixed(2),
    ];
    return `| ${[name, ...cells].join(" | ")} |`;
  });
  const most = of(venue, names[0]!).totals;
  return `## ${venues[venue]}

${most.orders} orders in ${most.runs} runs.

| client | twice | wrongly failed | too early | no end | once | open | requests per order |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

${promisesOf(venue, of)}`;
}

function promisesOf(venue: VenueName, of: (venue: VenueName, name: string) => Result): string {
  const own = keepers(venue).map((name) => [name, of(venue, name)] as const);
  const problems = own.flatMap(([name, result]) =>
    broken(result).map((problem) => `- ${name}: ${problem}`),
  );
  for (const [name, result] of own)
    for (const other of theirs(venue))
      if (isBehind(result, of(venue, other)))
        problems.push(`- ${name}: executes fewer orders exactly once than ${other}`);
  if (problems.length === 0)
    return `${own.map(([name]) => name).join("; ")}: every promise was kept. Nothing twice, nothing wrongly failed or wrongly executed, nothing too
early, nothing without an end. No other client's share of orders executed once is above theirs together with the orders left to a person.`;
  process.exitCode = 1;
  return problems.join("\n");
}

function faultTable(of: (venue: VenueName, name: string) => Result): string {
  const { met } = (Object.keys(venues) as VenueName[])
    .flatMap((venue) => all(venue).map((name) => of(venue, name)))
    .reduce(together);
  const rows = faults.map((fault) => `| ${fault} | ${met.get(fault) ?? 0} |`);
  return `| fault | times |\n| --- | --- |\n${rows.join("\n")}`;
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;
const share = (part: number, whole: number): string =>
  part === 0 ? "0" : `${part} (${percent(part, whole)})`;

function versions(): string {
  const root = new URL("../../node_modules/", import.meta.url);
  return ["cockatiel", "p-retry", "ky", "got", "axios", "axios-retry"]
    .map((name) => {
      const text = readFileSync(new URL(`${name}/package.json`, root), "utf8");
      return `${name} ${(JSON.parse(text) as { version: string }).version}`;
    })
    .join(", ");
}

async function work({ venue, name, first, count }: Job): Promise<void> {
  const { met, ...result } = await runs(venue, name, first, count);
  process.send!({ ...result, met: [...met] } satisfies Message);
}

if (process.send === undefined) await main();
else process.on("message", (job: Job) => void work(job));
