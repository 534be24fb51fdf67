/** Everybody who trades in a run: ours through each adapter, and what people do today. */
import type { HttpResponse } from "trading-api-errors";
import { callClient } from "./call.js";
import { sleep } from "./clock.js";
import { type HostName, hosts } from "./hosts.js";
import {
  axiosRetryAlways,
  axiosRetryDefaults,
  gotDefaults,
  kyDefaults,
  once,
  pRetryAround,
  type Sender,
} from "./naive.js";
import { readmeClient } from "./readme.js";
import { type Manner, sessionClient } from "./session.js";
import { signed } from "./talk.js";
import { abpOrderOf, type Client, type Report, type VenueName, type World } from "./world.js";
import type { VenueRequest } from "../venue.js";

/** Reads a success; what throws, or is thrown before, has failed. */
async function told(
  world: World,
  response: Promise<HttpResponse>,
  read: (response: HttpResponse, reference: string) => Report,
): Promise<ReadonlyMap<string, Report>> {
  const references = world.intents.map(({ reference }) => reference);
  try {
    const answer = await response;
    return new Map(references.map((reference) => [reference, read(answer, reference)]));
  } catch {
    return new Map(references.map((reference) => [reference, "failed"]));
  }
}

const parsed = <T>({ body }: HttpResponse): T =>
  (typeof body === "string" ? JSON.parse(body) : body) as T;

/** A declined order has failed; everything else in a 2xx is taken for placed. */
function naiveAbp(sender: Sender): Client {
  return (world) => {
    const uuids = new Map<string, string>();
    let copies = 0;
    const build = (): VenueRequest => {
      const orders = world.intents.map((intent) => {
        const uuid = `${intent.reference}:${++copies}`;
        uuids.set(intent.reference, uuid);
        return abpOrderOf(intent, uuid);
      });
      return {
        method: "POST",
        path: "/place-orders",
        headers: { "content-type": "application/json", "x-api-key": "not-a-key" },
        body: JSON.stringify({ orders }),
      };
    };
    return told(world, sender(world.network, build), (response, reference) => {
      const { declinedOrders = [] } = parsed<{ declinedOrders?: { requestUuid: string }[] }>(
        response,
      );
      const uuid = uuids.get(reference);
      return declinedOrders.some(({ requestUuid }) => requestUuid === uuid) ? "failed" : "executed";
    });
  };
}

function naiveMm(sender: Sender): Client {
  return (world) => {
    const build = (): VenueRequest => ({
      method: "POST",
      path: `/api/v1/orders/${world.intents[0].reference}/cancel`,
      headers: { "x-api-key": "00000000-0000-4000-8000-000000000001" },
      body: "",
    });
    return told(world, sender(world.network, build), () => "executed");
  };
}

/** The code is looked at, as the page advises. */
const codeOf = (response: HttpResponse): unknown => parsed<{ code?: unknown }>(response).code;

function naiveSixMm(sender: Sender): Client {
  return (world) => {
    const [{ reference }] = world.intents;
    const body = JSON.stringify({ clientOrderId: reference, quantity: "1" });
    const build = (): VenueRequest =>
      signed(world, world.token, 0, ["POST", "/v1/private/order/place", body]);
    return told(world, sender(world.network, build), (response) =>
      codeOf(response) === 0 ? "executed" : "failed",
    );
  };
}

const failedCode = (response: HttpResponse): void => {
  if (codeOf(response) !== 0) throw new Error("The code is not 0");
};

/** Waits as the body says before p-retry waits on its own account. */
const asTold = async (response: HttpResponse): Promise<void> => {
  if (response.status !== 429) return;
  const { retry_after: seconds } = parsed<{ retry_after?: number | string }>(response);
  await sleep(Number(seconds ?? 1) * 1_000);
};

const today: Readonly<Record<VenueName, Readonly<Record<string, Client>>>> = {
  abp: {
    "axios, no retry": naiveAbp(once),
    "axios-retry": naiveAbp(axiosRetryDefaults(false)),
    "axios-retry, always": naiveAbp(axiosRetryAlways(false)),
    got: naiveAbp(gotDefaults),
    ky: naiveAbp(kyDefaults),
    // The body is made once, so the UUIDs stay the same.
    "p-retry": naiveAbp(pRetryAround(false)),
    "p-retry, waits as told": naiveAbp(pRetryAround(false, asTold)),
    // `requestUuid: randomUUID()` stands within the function that is retried.
    "p-retry, builds anew": naiveAbp(pRetryAround(true)),
  },
  mm: {
    "axios, no retry": naiveMm(once),
    "axios-retry": naiveMm(axiosRetryDefaults(false)),
    "axios-retry, always": naiveMm(axiosRetryAlways(false)),
    got: naiveMm(gotDefaults),
    ky: naiveMm(kyDefaults),
    "p-retry": naiveMm(pRetryAround(false)),
  },
  "6mm": {
    "axios, no retry": naiveSixMm(once),
    // Signed in an interceptor, so each copy has a signature of its own.
    "axios-retry": naiveSixMm(axiosRetryDefaults(true)),
    "axios-retry, always": naiveSixMm(axiosRetryAlways(true)),
    got: naiveSixMm(gotDefaults),
    ky: naiveSixMm(kyDefaults),
    "p-retry": naiveSixMm(pRetryAround(false, failedCode)),
    "p-retry, signs anew": naiveSixMm(pRetryAround(true, failedCode)),
  },
};

/** Who does what the README says, and says nothing more; and who does otherwise. */
const manners: Readonly<Record<string, Manner>> = {
  errata: {},
  "errata, listening to a socket": { listens: true },
  "errata, knowing that nothing repeats": { knowsProxies: true },
  "errata, looking among open orders": { looksAmongOpen: true },
  "errata, without a look-up": { looksNothingUp: true },
  "errata, without a gate": { hasNoGate: true },
};

/** Those who keep every promise at every venue. */
const ours = [
  "errata",
  "errata, listening to a socket",
  "errata, knowing that nothing repeats",
] as const;

/** Those who leave something out; what then happens is told, and nothing is promised but that nothing is placed twice. */
export const partly = Object.keys(manners).slice(ours.length);

/** A single call through each of the adapters. */
export const calls = (Object.keys(hosts) as HostName[]).map((name) => `call, ${name}` as const);

/** The README's code as it stands there, which is for ABP. */
const readme = "errata, the README's own lines";

/** Those who keep every promise at a venue. */
export const keepers = (venue: VenueName): readonly string[] =>
  venue === "abp" ? [...ours, readme] : ours;

export const theirs = (venue: VenueName): readonly string[] => Object.keys(today[venue]);

export function clientOf(venue: VenueName, name: string): Client {
  if (name === readme) return readmeClient;
  const manner = manners[name];
  if (manner !== undefined) return sessionClient(venue, manner);
  const host = Object.entries(hosts).find(([key]) => name === `call, ${key}`)?.[1];
  return host === undefined ? today[venue][name]! : callClient(venue, host);
}
