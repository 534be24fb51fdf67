/** The way to a venue and back, in virtual time: it takes its time, and may bring a request late, or twice. */
import { sleep } from "./clock.js";
import { met, type Plan, type Random } from "./faults.js";
import { type Heard, hear, type Ledger } from "./ledger.js";
import type { Venue, VenueAnswer, VenueRequest } from "../venue.js";

/** How long the clients wait for an answer. */
export const patienceMs = 2_000;
/** Nobody needs more requests for one run. */
const requestCap = 60;

export interface Network {
  /** `patience` in ms; whoever keeps the time by itself waits without end. */
  send(request: VenueRequest, patience?: number): Promise<VenueAnswer>;
  readonly sent: number;
  /** How many requests left earlier than an answer had asked for. */
  readonly early: number;
  /** When the last one left. */
  readonly lastSentMs: number;
}

/** A leg is short, and now and then longer than any client waits. */
function legMs(random: Random): number {
  const draw = random();
  return Math.round(draw < 0.012 ? 1_500 + (draw / 0.012) * 2_000 : 5 + draw * 40);
}

export function networkTo(venue: Venue, plan: Plan, ledger: Ledger, random: Random): Network {
  const told: Heard = { untilMs: -Infinity, rows: new Map() };
  let [sent, early, lastSentMs] = [0, 0, -Infinity];
  const never = new Promise<never>(() => {});

  const deliver = async (request: VenueRequest, startMs: number): Promise<VenueAnswer> => {
    // Drawn before the first wait, so that two requests at once cannot swap their numbers.
    const [there, back, again] = [legMs(random), legMs(random), random()];
    await sleep(there);
    if (Date.now() - startMs > patienceMs) met(plan, "arrives after the client has given up");
    let answer = venue.handle(request, Date.now());
    if ("lost" in answer && plan.proxy && again < 0.7) {
      met(plan, "a proxy sends it twice");
      await sleep(answer.lost === "timeout" ? 500 : 20);
      answer = venue.handle(request, Date.now());
    }
    if ("lost" in answer && answer.lost === "timeout") return never;
    const { asks } = ledger;
    await sleep(back);
    // What arrives after the client has given up tells it nothing.
    const heard = Date.now() - startMs <= patienceMs;
    if (heard) hear(told, request.path, asks);
    return answer;
  };

  return {
    async send(request, patience = patienceMs) {
      const startMs = Date.now();
      // A run that goes on and on hangs here, and is found without an end.
      if (++sent > requestCap) return never;
      if (startMs < told.untilMs) early++;
      lastSentMs = startMs;
      return new Promise((done) => {
        const timer = setTimeout(
          () => {
            hear(told, request.path, null);
            if (patience < Infinity) done({ lost: "timeout" });
          },
          Math.min(patience, patienceMs),
        );
        void deliver(request, startMs).then((answer) => {
          clearTimeout(timer);
          done(answer);
        });
      });
    },
    get sent() {
      return sent;
    },
    get early() {
      return early;
    },
    get lastSentMs() {
      return lastSentMs;
    },
  };
}
