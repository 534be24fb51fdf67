/** One run: what is wanted, of which venue, and over which network. All of it follows from the seed. */
import { type AbpOrder, abpVenue } from "./abp.js";
import { type Plan, planOf, type Random, randomOf } from "./faults.js";
import { type Ledger, openLedger } from "./ledger.js";
import { mmVenue } from "./mm.js";
import { type Network, networkTo } from "./network.js";
import { sixMmVenue } from "./six-mm.js";
import type { Venue } from "../venue.js";

export type VenueName = "abp" | "mm" | "6mm";

/** What a client says in the end of an order. `unresolved`: a person has to find out. */
export type Report = "executed" | "accepted" | "partly" | "failed" | "unresolved";

/** Tells what became of every order, by its reference. A client that throws is a bug. */
export type Client = (world: World) => Promise<ReadonlyMap<string, Report>>;

/** What somebody wants: an order that may be placed once, or, of MM, cancelled. */
export interface Intent {
  readonly reference: string;
  /** From when on nobody wants it any more; `Infinity` where it is wanted until it is done. */
  readonly untilMs: number;
  /** Whether the order itself says so. If not, the venue gives it five seconds from the receipt. */
  readonly dated: boolean;
}

export interface World {
  readonly seed: number;
  readonly plan: Plan;
  readonly ledger: Ledger;
  readonly network: Network;
  readonly intents: readonly [Intent, ...Intent[]];
  /** The client's own draws. */
  readonly random: Random;
  /** How far the client's clock is ahead of the venue's. */
  readonly skewMs: number;
  /** The token that the client holds at the start. */
  readonly token: string;
}

export function worldOf(venueName: VenueName, seed: number): World {
  const startMs = Date.now();
  const plan = planOf(seed, startMs);
  const ledger = openLedger();
  const draw = randomOf(seed, 2);
  const count = venueName === "abp" ? 1 + Math.floor(draw() * 3) : 1;
  const dated = draw() < 0.5;
  // Most orders live for the documented five seconds, some for minutes or for more than their UUID is remembered.
  const long = draw() < 0.2;
  const lifeMs = dated && long ? 60_000 + draw() * 3_600_000 : 5_000;
  const skewed = draw() < 0.1;
  const skewMs = skewed ? Math.round((draw() - 0.5) * 60_000) : Math.round((draw() - 0.5) * 200);
  const intentOf = (i: number): Intent => ({
    reference: `${seed}-${i}`,
    untilMs: venueName === "abp" ? startMs + Math.round(lifeMs) : Infinity,
    dated: venueName === "abp" && dated,
  });
  const intents: World["intents"] = [
    intentOf(0),
    ...Array.from({ length: count - 1 }, (_, i) => intentOf(i + 1)),
  ];
  let venue: Venue;
  let token = "";
  if (venueName === "6mm") {
    const sixMm = sixMmVenue(plan, ledger);
    venue = sixMm;
    token = sixMm.firstToken;
  } else venue = venueName === "abp" ? abpVenue(plan, ledger) : mmVenue(plan, ledger);
  const network = networkTo(venue, plan, ledger, randomOf(seed, 3));
  const random = randomOf(seed, 4);
  return { seed, plan, ledger, network, intents, random, skewMs, token };
}

/** The order of an intent under a UUID. Whoever sends it anew may give it another one. */
export function abpOrderOf(intent: Intent, requestUuid: string): AbpOrder {
  const { reference, untilMs, dated } = intent;
  const order = { requestUuid, reference, orderStake: "10.00" };
  return dated ? { ...order, expiresAt: new Date(untilMs).toISOString() } : order;
}
