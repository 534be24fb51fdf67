/**
 * No status overrules what a body says. A response that some entry knows, moved to any other status or with a code or a
 * text that nobody listed, is never a success, and is no more certain of the outcome of a write.
 */
import type { DiagnosticLog } from "../diagnostics/log.js";
import { place } from "../match/meeting.js";
import type { Entry, Example } from "../model/entry.js";
import { firstStatus, isLooselyKnown } from "../model/spans.js";
import { matcherOf } from "../recognise/matchers.js";
import type { RecognisedApi, Recognition } from "../recognise/recognise.js";
import { decodeHttp } from "../runtime/decode.js";
import type { HttpResponse } from "../runtime/failure.js";
import { isFallback } from "../runtime/matcher.js";
import { decoded } from "./decoded.js";
import { isOf } from "./examples.js";
import type { Check } from "./check.js";

export const statusEvidence: Check = ({ apis }, log) => {
  for (const api of apis)
    for (const found of api.recognition.filter(({ channel }) => channel.kind === "http")) {
      checkSuccesses(api, found, log);
      checkExamples(api, found, log);
    }
};

/** These have no body by definition, so there is nothing that another page could be taken for. */
const bodiless = [204, 205];

function checkSuccesses(api: RecognisedApi, found: Recognition, log: DiagnosticLog): void {
  const { channel, entries } = found;
  const bare = bareOnes(found);
  const successes = entries.filter(({ success }) => success);
  if (successes.length === 0)
    log.report("match/no-success", channel.place, { channel: channel.name });
  const isRead = api.operations.length > 0 && api.operations.every(({ kind }) => kind === "read");
  for (const { id, match, outcome, place } of successes) {
    const isShown = !bare.has(id) || channel.success.length > 0;
    const status = firstStatus(match.statuses) ?? 0;
    const { codes, shape, where } = match;
    const isOnlyPart = isLooselyKnown(match) && codes.length + where.length === 0 && shape === null;
    if (outcome === "executed" && !isRead && isOnlyPart) log.report("match/part-only", place);
    if (outcome === "executed" && !isRead && !isShown && !bodiless.includes(status))
      log.report("match/status-only", place, { status: String(status) });
  }
}

/** The ids of the entries that ask for no more than a status. */
function bareOnes({ data }: Recognition): ReadonlySet<string> {
  const bare = data.matchers.filter((it) => isFallback(it) && it.fallback === undefined);
  return new Set(bare.map(({ id }) => id));
}

/** What every example of a channel is held against. */
interface Tried extends Recognition {
  readonly statuses: readonly number[];
  readonly bare: ReadonlySet<string>;
}

function checkExamples(api: RecognisedApi, found: Recognition, log: DiagnosticLog): void {
  const tried = { ...found, statuses: representatives(found), bare: bareOnes(found) };
  for (const { entry, examples } of decoded(api).filter((own) => own.found === found))
    for (const { example, reply } of entry.success ? [] : examples) {
      // One that is none of its entry's is reported as that.
      if (!isOf(entry, reply)) continue;
      const problem = moved(tried, entry, example) ?? unlisted(tried, entry, example);
      if (problem !== null) log.report("match/overruled", example.place, problem);
    }
}

/** A decoder asks of a status no more than which entries list it: one that nobody lists stands for all of its class. */
function representatives({ data }: Recognition): readonly number[] {
  const listed = new Set(
    data.matchers.flatMap(({ statuses = [] }) => statuses.flatMap((one) => [one].flat())),
  );
  const others = [1, 2, 3, 4, 5].flatMap(
    (hundred) =>
      Array.from({ length: 100 }, (_, i) => hundred * 100 + i).find(
        (status) => !listed.has(status),
      ) ?? [],
  );
  return [...listed, ...others];
}

interface Problem {
  readonly witness: string;
  readonly reads: string;
  readonly entry: string;
}

/** What the body of an example shows by itself. One with nothing in it shows nothing. */
function moved(tried: Tried, entry: Entry, { headers, body }: Example): Problem | null {
  const matcher = matcherOf(entry, tried.channel);
  const isSilent = body === undefined || body === null || Object.keys(body).length === 0;
  if (isSilent && (headers === undefined || matcher.strict === true)) return null;
  const responses = tried.statuses.map((status) => ({ status, headers, body }));
  return worst(tried, entry, responses, !isFallback(matcher));
}

/** The same body with something that nobody listed at one of the places for codes and texts. */
function unlisted(
  tried: Tried,
  entry: Entry,
  { headers = {}, body = {} }: Example,
): Problem | null {
  const { code, message } = tried.data;
  const responses = [
    ...code.map((at) => place({ headers, body }, at, "unlisted-code")),
    ...message.map((at) => place({ headers, body }, at, "A text that nobody listed")),
  ].flatMap((changed) => tried.statuses.map((status) => ({ status, ...changed })));
  return worst(tried, entry, responses, true);
}

/** The first of some responses that is read as a success; or, where they show something, by the status and with more certainty. */
function worst(
  { decoder, bare }: Tried,
  { outcome }: Entry,
  responses: readonly HttpResponse[],
  isEvidence: boolean,
): Problem | null {
  for (const response of responses) {
    const reply = decodeHttp(decoder, response);
    const id = reply.ok ? reply.id : reply.failure.id;
    const read = reply.ok ? null : reply.failure.outcome;
    const isSurer = read !== null && read !== "unknown" && read !== outcome && bare.has(id);
    if (read === null || (isEvidence && isSurer))
      return { witness: JSON.stringify(response), reads: read ?? "a success", entry: id };
  }
  return null;
}
