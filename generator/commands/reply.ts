/** What a reply of a decoder is and what to do next, for a person and as data. */
import { spell } from "../model/durations.js";
import type { Entry } from "../model/entry.js";
import { visible } from "../diagnostics/visible.js";
import type { RecognisedApi } from "../recognise/recognise.js";
import { adviceData } from "../recognise/tables.js";
import type { Recorded } from "../recognise/traffic/recorded.js";
import type { Advice } from "../runtime/advice.js";
import { advise } from "../runtime/advise.js";
import type { Reply } from "../runtime/failure.js";
import { describe, entryData } from "./describe.js";
import { paint } from "./terminal.js";

/** One response or frame, and what it is. */
export interface Decoded {
  readonly api: RecognisedApi;
  readonly recorded: Recorded;
  readonly reply: Reply;
  readonly id: string;
  readonly entry: Entry | undefined;
}

export function isKnown({ reply }: Decoded): boolean {
  return reply.ok || reply.failure.category !== "unknown";
}

/** Why it is unknown; empty where it is known. */
export function whyUnknown({ reply }: Decoded): string {
  return !reply.ok && "why" in reply.failure ? ` (${String(reply.failure.why)})` : "";
}

export function replyData({ api, recorded, reply, id, entry }: Decoded): object {
  const {
    body: _,
    headers: __,
    ...failure
  } = reply.ok ? { body: null, headers: null } : reply.failure;
  return {
    ...{ ok: reply.ok, id, ...failure },
    entry: entry === undefined ? null : entryData(entry),
    advice: firstAdvice(api, reply),
    ...{ request: recorded.of, notes: recorded.notes },
  };
}

export function prettyReply(decoded: Decoded, page: string | null): string {
  const { api, reply, id, entry } = decoded;
  const row = (name: string, text: string): string =>
    `  ${paint("faint", name.padEnd(16))} ${visible(text)}`;
  const unknown = reply.ok ? "no error" : `not in the catalog${whyUnknown(decoded)}`;
  const fields = entry === undefined || reply.ok ? {} : reply.failure.fields;
  return [
    entry === undefined ? `${paint("strong", id)}  ${unknown}` : describe(entry, page),
    ...Object.entries(fields).map(([name, value]) => row(name, JSON.stringify(value))),
    ...Object.entries(firstAdvice(api, reply)).map(([name, next]) => row(name, inWords(next))),
  ].join("\n");
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
