/** `errata decode`: which entries recorded responses are, and what to do next. */
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { InvalidArgumentError } from "commander";
import { visible } from "../diagnostics/visible.js";
import type { RecognisedApi, Recognition } from "../recognise/recognise.js";
import { readTraffic, textOfBytes } from "../recognise/traffic/index.js";
import type { Recorded, Traffic } from "../recognise/traffic/recorded.js";
import { decodeFrame, decodeHttp, decodeItem } from "../runtime/decode.js";
import type { Reply } from "../runtime/failure.js";
import { table } from "./columns.js";
import { pageIn } from "./explain.js";
import { type Loaded, loadCatalog } from "./load.js";
import { answerOption, catalogOption, type Register } from "./options.js";
import { type Decoded, isKnown, prettyReply, replyData, whyUnknown } from "./reply.js";
import { columns, complain, print, printData } from "./terminal.js";

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
      "decode what curl -i printed, a HAR, { status, body }, a body or a frame, from a file or standard input",
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
  const { recognition: channels } = api;
  const isThere = channels.some(({ channel }) => channel.name === flags.channel);
  const isHttp = channels.some(({ channel }) => channel.kind === "http");
  if (flags.channel === undefined ? !isHttp : !isThere) {
    const names = channels.map(({ channel }) => channel.name);
    complain(`Which channel? Add --channel with one of ${names.join(", ")}.`);
    return 2;
  }
  const input = await inputFrom(file);
  if (input === null) return 2;
  // A status that was named is an answer without a body; without one, a command before the pipe has failed.
  if (input.trim() === "" && flags.status === undefined) {
    complain("There is nothing to decode: the input is empty. With an empty body, add --status.");
    return 2;
  }
  const traffic = await readTraffic(input);
  const decoded = traffic.recorded.flatMap((one) => decode(api, one, flags) ?? []);
  if (decoded.length === 0) {
    complain(`This is ${traffic.takenFor} without a response.`);
    return 1;
  }
  const isList = traffic.takenFor === "a HAR" || decoded.length > 1;
  if (flags.format === "json") {
    const { takenFor } = traffic;
    const [first] = decoded;
    if (isList) printData({ takenFor, responses: decoded.map(replyData) });
    else printData({ takenFor, ...replyData(first!) });
  } else if (isList) print(listed(traffic, decoded));
  else print(shown(model, traffic, decoded[0]!));
  return decoded.every(isKnown) ? 0 : 1;
}

const mostBytes = 256 * 1024 * 1024;

/** The text of a file, or of standard input; `null` once it was said why there is none. */
async function inputFrom(file: string | undefined): Promise<string | null> {
  try {
    const bytes = file === undefined ? await buffer(process.stdin) : await readFile(file);
    if (bytes.length <= mostBytes) return textOfBytes(bytes);
    complain(`${visible(file ?? "The input")} is larger than 256 MB: keep less of it.`);
  } catch (error) {
    // A body is easily typed where the file is expected.
    if (/^\s*[[{]/.test(file!))
      complain("This is a body, not a file: give it on standard input, such as by echo '{…}' |.");
    else complain(`${visible(file!)} cannot be read: ${(error as Error).message.split(",")[0]}.`);
  }
  return null;
}

/** Decodes on the channel that was named, or on the first one of a kind that the recording can come from. */
function decode(
  api: RecognisedApi,
  recorded: Recorded,
  { channel: named, status }: DecodeFlags,
): Decoded | null {
  const kinds = { response: ["http"], frame: ["socket"], body: ["http", "socket"] } as const;
  const isBody = recorded.kind === "body" && status === undefined;
  const wanted: readonly string[] = isBody
    ? kinds.body
    : kinds[recorded.kind === "frame" ? "frame" : "response"];
  const channels =
    named === undefined
      ? wanted.flatMap((kind) => api.recognition.filter(({ channel }) => channel.kind === kind))
      : api.recognition.filter(({ channel }) => channel.name === named);
  const all = channels.map((of): Decoded => {
    const reply = replyOf(of, recorded, status ?? recorded.status);
    const id = reply.ok ? reply.id : reply.failure.id;
    const entry = of.entries.find((one) => one.id === id);
    const kind = of.channel.kind === "socket" ? "frame" : recorded.kind;
    return { api, recorded: { ...recorded, kind }, reply, id, entry };
  });
  return all.find(({ entry }) => entry !== undefined) ?? all[0] ?? null;
}

function replyOf(
  { channel, decoder }: Recognition,
  { headers, body }: Recorded,
  status: number | null,
): Reply {
  if (channel.kind === "http") return decodeHttp(decoder, { status: status ?? NaN, headers, body });
  if (channel.kind === "socket") return decodeFrame(decoder, body);
  return decodeItem(decoder, body);
}

/** What the input was taken for, what is wrong with it, and all about the one response in it. */
function shown(model: Loaded, { takenFor }: Traffic, decoded: Decoded): string {
  const { entry, recorded, reply } = decoded;
  const what = recorded.kind === "frame" ? "a frame" : takenFor;
  const status = reply.ok ? reply.status : reply.failure.status;
  const sent = status === null ? "" : ` with status ${status}`;
  return [
    ...[`Taken for ${what}${sent}.`, ...recorded.notes.map((note) => `But ${note}.`)],
    prettyReply(decoded, entry === undefined ? null : pageIn(model)(entry)),
  ].join("\n");
}

/** The failures among several responses. */
function listed({ takenFor }: Traffic, decoded: readonly Decoded[]): string {
  const failing = decoded.filter(({ reply }) => !reply.ok);
  const rows = failing.map((one): readonly string[] => {
    const { reply, recorded, id } = one;
    const failure = reply.ok ? null : reply.failure;
    return [
      recorded.of ?? "",
      recorded.kind === "frame" ? "frame" : String(failure?.status ?? "none"),
      `${id}${whyUnknown(one)}`,
      [failure?.text ?? "", ...recorded.notes].filter((part) => part !== "").join("; "),
    ];
  });
  const counts = `${failing.length} of ${decoded.length} answers are failures.`;
  const rest =
    rows.length === 0 ? [] : [table(["request", "status", "id", "text"], rows, columns(), 2)];
  return [`Taken for ${takenFor}. ${counts}`, ...rest].join("\n");
}
