/** Reads responses with the decoders of a catalog, and says in one line what came out. */
import { fileURLToPath } from "node:url";
import { batchData } from "../../generator/recognise/batches.js";
import type { AdviceInput } from "../../generator/runtime/advice.js";
import { advise } from "../../generator/runtime/advise.js";
import { decodeBatch, type ItemReply } from "../../generator/runtime/batch.js";
import { holds } from "../../generator/runtime/conditions.js";
import {
  decodeAnswer,
  decodeFrame,
  decodeHttp,
  decodeItem,
} from "../../generator/runtime/decode.js";
import type { Asked, HttpResponse, Reply } from "../../generator/runtime/failure.js";
import type { RecognisedApi } from "../../generator/recognise/recognise.js";
import { adviceData } from "../../generator/recognise/tables.js";
import { project } from "../command.js";
import { load } from "../support.js";

/** The decoders of a catalog's one API, by the kind of channel. */
export interface Reader {
  readonly api: RecognisedApi;
  response(response: HttpResponse, asked?: Asked): Reply;
  item(item: unknown): Reply;
  frame(frame: unknown): Reply & { readonly replyTo?: string | number | null };
  batch(sent: Iterable<string | number>, response: HttpResponse): readonly string[];
  /** What to do after a reply: in one line, for the first attempt if nothing else is said. */
  advice(reply: Reply, operation: string, input?: Partial<AdviceInput>): string;
}

/** The catalog of a case, in the folder of that name. */
export function openCase(name: string): Promise<Reader> {
  return open(fileURLToPath(new URL(`${name}/catalog.yaml`, import.meta.url)));
}

/** A catalog of one file, with an API called `x`. */
export function openYaml(yaml: string, common?: string): Promise<Reader> {
  const manifest = `package: { name: x-errors, version: "1.0.0", description: X. }\noutput: ../out\napis: [x]\n`;
  const shared = common === undefined ? {} : { "common/api.yaml": common };
  const files = { "catalog.yaml": manifest, "x/api.yaml": yaml, ...shared };
  return open(`${project(files)}/catalog.yaml`);
}

async function open(manifest: string): Promise<Reader> {
  const api = (await load(manifest)).apis[0]!;
  const found = (kind: "http" | "items" | "socket") =>
    api.recognition.find(({ channel }) => channel.kind === kind)!;
  return {
    api,
    response: (response, asked) => decodeHttp(found("http").decoder, response, asked),
    item: (item) => decodeItem(found("items").decoder, item),
    frame: (frame) => {
      const { decoder, channel } = found("socket");
      return channel.replyTo === null ? decodeFrame(decoder, frame) : decodeAnswer(decoder, frame);
    },
    batch: (sent, response) => {
      const { decoder, channel } = found("items");
      const data = { ...batchData(api, channel), holds };
      const { items } = decodeBatch(found("http").decoder, decoder, data, sent, response);
      return [...items].map(([key, item]) => `${key}: ${itemLine(item)}`);
    },
    advice: (reply, operation, input = {}) => {
      if (reply.ok) return "none";
      const first = { operation, attempt: 1, elapsedMs: 0, random: 0, keyAgeMs: 0 };
      const advice = advise(adviceData(api), reply.failure, { ...first, ...input });
      if (advice.do === "retry") {
        const steps = [...advice.before.map((step) => step.do), ...(advice.reSign ? ["sign"] : [])];
        return ["retry after", advice.delayMs, ...steps].join(" ");
      }
      const pause = advice.pauseMs === 0 ? [] : ["pause", advice.pauseMs];
      return [advice.do, advice.outcome, ...pause].join(" ");
    },
  };
}

/** `ok`, id and outcome; or id, outcome (or why nothing is known), and what is unexpected. */
export function line(reply: Reply): string {
  if (reply.ok) return `ok ${reply.id} ${reply.outcome}`;
  const { id, outcome, unexpected } = reply.failure;
  const rest = unexpected === null ? "" : `, unexpected ${unexpected}`;
  if (!("why" in reply.failure)) return `${id} ${outcome}${rest}`;
  if (outcome !== "unknown" || unexpected !== null)
    throw new Error(`${id} is unknown and yet ${outcome}${rest}`);
  return `${id} (${String(reply.failure.why)})`;
}

function itemLine(item: ItemReply): string {
  if (item.is === "accepted")
    return item.id === null ? `taken, ${item.outcome}` : `taken, ${item.outcome} ${item.id}`;
  return "failure" in item && item.failure !== null ? `${item.is} ${item.failure.id}` : item.is;
}
