/** A call through one of the adapters, and nothing around it: what is not known is left to a person. */
import {
  type Advice,
  type AdviceInput,
  type Call,
  type Failure,
  type HttpResponse,
  openGate,
  type Reply,
  type Retry,
  startCall,
  type TransportFailure,
} from "trading-api-errors";
import { adviseSixMm, decodeSixMm, sixMmGate } from "trading-api-errors/6mm";
import { abpGate, adviseAbp, decodeAbp, decodeAbpPlacement } from "trading-api-errors/abp";
import { adviseMm, decodeMm, mmGate } from "trading-api-errors/mm";
import type { Host } from "./hosts.js";
import { type Copy, keysOf, talks, wantedFor } from "./talk.js";
import type { Client, Report, VenueName } from "./world.js";
import type { VenueRequest } from "../venue.js";

type Advise = (failure: never, input: AdviceInput<never>) => Advice;

interface Api {
  readonly operation: string;
  advise(failure: Failure | TransportFailure, input: AdviceInput): Advice;
  decode(response: HttpResponse): Reply;
  readonly gate: Parameters<typeof openGate>[0];
}

const apis: Readonly<Record<VenueName, Api>> = {
  abp: {
    ...{ operation: "place-orders", decode: decodeAbp, gate: abpGate },
    advise: adviseAbp as Advise,
  },
  mm: {
    ...{ operation: "cancel-order", decode: decodeMm, gate: mmGate },
    advise: adviseMm as Advise,
  },
  "6mm": {
    ...{ operation: "place-order", decode: decodeSixMm, gate: sixMmGate },
    advise: adviseSixMm as Advise,
  },
};

export function callClient(venue: VenueName, host: Host): Client {
  return async (world) => {
    const { network, intents, random } = world;
    const { operation, advise, decode, gate } = apis[venue];
    const talk = talks[venue](world);
    const newKey = keysOf(world);
    const copies = intents.map((item): Copy => ({
      item,
      key: venue === "mm" ? item.reference : newKey(),
    }));
    const deadlineMs = wantedFor(world);
    const shared = openGate(gate);
    const call: Call = startCall<Failure, string>(advise, operation, {
      keyed: venue === "abp",
      gate: shared,
      random,
      ...(deadlineMs === null ? {} : { deadlineMs }),
    });
    const build = async (advice: Retry | null): Promise<VenueRequest> => {
      for (const step of advice?.before ?? []) {
        await shared.enter({ operation: step.do });
        await talk.step?.(step).catch(() => {});
      }
      return talk.send(copies);
    };
    const response = await host({ network, call, decode, build });
    const report = (copy: Copy): Report => {
      if (response === null) {
        const { advice } = call;
        return advice?.do === "stop" ? "failed" : "unresolved";
      }
      if (venue !== "abp") return "accepted";
      const item = decodeAbpPlacement([copy.key], response).items.get(copy.key)!;
      if (item.is === "accepted") return "accepted";
      // Nobody looked, and a copy that got no answer may have been placed.
      const isSure = call.advice === null && item.is === "declined";
      return isSure && item.failure.outcome === "not-executed" ? "failed" : "unresolved";
    };
    return new Map(copies.map((copy) => [copy.item.reference, report(copy)]));
  };
}
