/** A venue on a real loopback socket, with a log of what reached it and when. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Venue, VenueAnswer, VenueRequest } from "./venue.js";

/** A request that arrived. Times are those of `performance.now`. */
export interface Logged extends VenueRequest {
  readonly arrivedMs: number;
  /** Just before the answer was sent or the connection was broken; `null` where the client waits in vain. */
  answeredMs: number | null;
}

export interface Exchange {
  readonly url: string;
  /** In the order in which they had arrived as a whole; the venue saw them in it. */
  readonly log: readonly Logged[];
  /** Rejects if the venue threw, such as for a request that its script does not have. */
  close(): Promise<void>;
}

export async function open(venue: Venue): Promise<Exchange> {
  const log: Logged[] = [];
  const faults: unknown[] = [];
  const answerTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const arrivedMs = performance.now();
    let answer: VenueAnswer;
    let entry: Logged;
    try {
      const body = await text(request);
      entry = { ...headOf(request), body, arrivedMs, answeredMs: null };
      log.push(entry);
      answer = venue.handle(entry, performance.now());
    } catch (fault) {
      faults.push(fault);
      request.socket.destroy();
      return;
    }
    if ("lost" in answer) {
      if (answer.lost === "timeout") return;
      entry.answeredMs = performance.now();
      if (answer.lost === "reset") request.socket.resetAndDestroy();
      else request.socket.end();
      return;
    }
    response.writeHead(answer.status, answer.headers);
    entry.answeredMs = performance.now();
    response.end(answer.body);
  };
  const server = createServer((...exchange) => void answerTo(...exchange));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      if (faults.length > 0) throw new AggregateError(faults, `the venue threw: ${faults.join()}`);
    },
  };
}

function headOf({ method, url, headers }: IncomingMessage): Omit<VenueRequest, "body"> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) own[name] = String(value);
  return { method: method!, path: url!, headers: own };
}

/** An answer, or what makes it of the request and the time. */
export type ScriptedAnswer = VenueAnswer | ((request: VenueRequest, nowMs: number) => VenueAnswer);

/** A venue that gives these answers in their order, and has none for another request. */
export function scripted(answers: readonly ScriptedAnswer[]): Venue {
  const left = [...answers];
  return {
    handle(request, nowMs) {
      const answer = left.shift();
      if (answer === undefined)
        throw new Error(`${request.method} ${request.path} is one request too many`);
      return typeof answer === "function" ? answer(request, nowMs) : answer;
    },
  };
}
