/** `errata decode`: which entry a response is, and what to do next. */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { InvalidArgumentError } from "commander";
import { describe, entryData } from "./describe.js";
import { spell } from "../model/durations.js";
import type { Entry } from "../model/entry.js";
import type { RecognisedApi, Recognition } from "../recognise/recognise.js";
import type { Advice } from "../runtime/advice.js";
import { advise } from "../runtime/advise.js";
import { decodeFrame, decodeHttp, decodeItem } from "../runtime/decode.js";
import type { HttpResponse, Reply } from "../runtime/failure.js";
import { adviceData } from "../recognise/tables.js";
import { loadCatalog } from "./load.js";
import { catalogOption, answerOption, type Register } from "./options.js";
import { complain, print, printData } from "./terminal.js";

export interface DecodeFlags {
  readonly api: string | undefined;
  readonly channel: string | undefined;
  readonly status: number | undefined;
  readonly format: "pretty" | "json";
}

export const register: Register = (program, exits) =>
  void program
    .command("decode [file]")
    .description(
      "decode a response, { status, body } or only a body, from a file or standard input",
    )
    .addOption(catalogOption())
    .option("--api <id>", "the API that sent it")
    .option("--channel <name>", "where it arrived; default: the HTTP channel")
    .option("--status <number>", "the HTTP status", httpStatus)
    .addOption(answerOption())
    .action(
      exits(
        (
          file: string | undefined,
          { catalog, ...flags }: DecodeFlags & { readonly catalog?: string },
        ) => runDecode(catalog, file, flags),
      ),
    );

function httpStatus(text: string): number {
  if (/^[1-5][0-9][0-9]$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a number from 100 to 599.");
}

export async function runDecode(
  catalog: string | undefined,
  file: string | undefined,
  flags: DecodeFlags,
): Promise<number> {
  const model = await loadCatalog(catalog, flags.api, flags.format);
  if (typeof model === "number") return model;
  const [api, ...others] = model.apis;
  if (api === undefined || others.length > 0) {
    complain(`Which API? Add --api with one of ${model.apis.map(({ id }) => id).join(", ")}.`);
    return 2;
  }
  const channels = api.recognition;
  const wanted =
    flags.channel ?? channels.find(({ channel }) => channel.kind === "http")?.channel.name;
  const found = channels.find(({ channel }) => channel.name === wanted);
  if (found === undefined) {
    complain(
      `Which channel? Add --channel with one of ${channels.map(({ channel }) => channel.name).join(", ")}.`,
    );
    return 2;
  }
  let input: string;
  try {
    input = file === undefined ? await text(process.stdin) : await readFile(file, "utf8");
  } catch (error) {
    complain(`${file} cannot be read: ${(error as Error).message.split(",")[0]}.`);
    return 2;
  }
  const reply = decode(found, responseIn(input, flags.status));
  const id = reply.ok ? reply.id : reply.failure.id;
  const entry = found.entries.find((e) => e.id === id);
  (flags.format === "json" ? printJson : printPretty)({ api, reply, id, entry });
  return reply.ok || reply.failure.category !== "unknown" ? 0 : 1;
}

interface Decoded {
  readonly api: RecognisedApi;
  readonly reply: Reply;
  readonly id: string;
  readonly entry: Entry | undefined;
}

function printJson({ api, reply, id, entry }: Decoded): void {
  const { body: _, ...failure } = reply.ok ? { body: null } : reply.failure;
  const shown = {
    ...{ ok: reply.ok, id, ...failure },
    entry: entry === undefined ? null : entryData(entry),
    advice: firstAdvice(api, reply),
  };
  printData(shown);
}

function printPretty({ api, reply, id, entry }: Decoded): void {
  const row = (name: string, text: string): void => print(`  ${name.padEnd(16)} ${text}`);
  if (entry !== undefined) {
    print(describe(entry));
    for (const [name, value] of Object.entries(reply.ok ? {} : reply.failure.fields))
      row(name, JSON.stringify(value));
  } else if (reply.ok) print(`${id}  no error`);
  else {
    const why = "why" in reply.failure ? ` (${String(reply.failure.why)})` : "";
    print(`${id}  not in the catalog${why}`);
  }
  for (const [operation, next] of Object.entries(firstAdvice(api, reply)))
    row(operation, inWords(next));
}

/** What to do after the first attempt, by operation; or by kind where the catalog has no operation of it. */
function firstAdvice(api: RecognisedApi, reply: Reply): Readonly<Record<string, Advice>> {
  if (reply.ok) return {};
  const missing = (["read", "write"] as const).filter(
    (kind) => !api.operations.some((operation) => operation.kind === kind),
  );
  const operations = [...api.operations.map(({ name }) => name), ...missing];
  const first = { attempt: 1, elapsedMs: 0, keyAgeMs: 0, random: 0 };
  const data = adviceData(api);
  return Object.fromEntries(
    operations.map((operation) => [
      operation,
      advise(data, reply.failure, { ...first, operation }),
    ]),
  );
}

function inWords(advice: Advice): string {
  if (advice.do === "stop") return `stop and report it; who acts: ${advice.actor}`;
  if (advice.do === "reconcile")
    return `look it up first${advice.lookup === null ? "" : `, with ${advice.lookup}`}`;
  const { delayMs, before, identity, reSign } = advice;
  const steps = [
    ...before.map((step) => step.do),
    ...(reSign ? ["re-sign"] : []),
    ...(identity === "none" ? [] : [`${identity} key`]),
  ];
  const how = steps.length === 0 ? "" : ` (${steps.join(", ")})`;
  return delayMs === 0 ? `send again${how}` : `send again after ${spell(delayMs)}${how}`;
}

/** `{ status, body }` as it is, or a body by itself. */
function responseIn(input: string, status: number | undefined): HttpResponse {
  const body = input.trim();
  try {
    const parsed: unknown = JSON.parse(body);
    if (
      typeof parsed === "object" &&
      parsed !== null &&
      Object.hasOwn(parsed, "status") &&
      Object.hasOwn(parsed, "body")
    ) {
      const response = parsed as HttpResponse;
      return status === undefined ? response : { ...response, status };
    }
  } catch {
    // No JSON: the body is the text.
  }
  return { status: status ?? (NaN as number), body };
}

function decode({ channel, decoder }: Recognition, response: HttpResponse): Reply {
  if (channel.kind === "http") return decodeHttp(decoder, response);
  if (channel.kind === "socket") return decodeFrame(decoder, response.body);
  return decodeItem(decoder, response.body);
}
