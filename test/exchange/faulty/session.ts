/** Our clients: a session for each write, and one gate for all that an account sends. What differs is what the user says. */
import {
  type Ending,
  openGate,
  type SessionOptions,
  startSession,
  type Write,
} from "trading-api-errors";
import { sixMmGate, sixMmWrites } from "trading-api-errors/6mm";
import { abpGate, abpWrites } from "trading-api-errors/abp";
import { mmGate, mmWrites } from "trading-api-errors/mm";
import { patienceMs } from "./network.js";
import { keysOf, talks, wantedFor } from "./talk.js";
import { fetchText } from "./transports.js";
import type { Client, Intent, Report, VenueName } from "./world.js";

/** What somebody does otherwise than the README. */
export interface Manner {
  /** Says that nothing repeats requests, where that is so: what a user can hardly know. */
  readonly knowsProxies?: true;
  readonly looksNothingUp?: true;
  readonly hasNoGate?: true;
  /** Hears of every execution on a socket as well, before the answer or after it. */
  readonly listens?: true;
  /** Looks the order up among those that are open, of which no absence proves anything. */
  readonly looksAmongOpen?: true;
}

const reports: Readonly<Record<Ending, Report>> = {
  placed: "executed",
  partly: "partly",
  accepted: "accepted",
  declined: "failed",
  "not-executed": "failed",
  unknown: "unresolved",
};

const gates = { abp: abpGate, mm: mmGate, "6mm": sixMmGate };
const writes: Readonly<Record<VenueName, Write>> = {
  abp: abpWrites["place-orders"],
  mm: mmWrites["cancel-order"],
  "6mm": sixMmWrites["place-order"],
};

export function sessionClient(venue: VenueName, manner: Manner = {}): Client {
  return async (world) => {
    const { network, intents, random, plan, ledger } = world;
    const talk = talks[venue](world);
    const deadlineMs = wantedFor(world);
    const options: SessionOptions<Intent> = {
      ...(manner.hasNoGate === true ? {} : { gate: openGate(gates[venue]) }),
      ...(manner.knowsProxies === true ? { singleSend: !plan.proxy } : {}),
      ...(venue === "mm" ? { keyOf: ({ reference }) => reference } : {}),
      ...(deadlineMs === null ? {} : { deadlineMs }),
      ...{ timeoutMs: patienceMs, random, newKey: keysOf(world) },
    };
    const keys = new Map<string, string>();
    const session = startSession<Intent>(
      manner.looksAmongOpen === true ? amongOpen(writes[venue]) : writes[venue],
      intents,
      {
        send: (copies) => {
          for (const { item, key } of copies) keys.set(item.reference, key);
          return fetchText(network, talk.send(copies));
        },
        ...(manner.looksNothingUp === true
          ? {}
          : {
              lookUp: async (copies) => {
                const response = await fetchText(network, talk.lookUp(copies));
                return talk.found?.(copies, response) ?? response;
              },
            }),
        ...(talk.step === undefined ? {} : { step: talk.step }),
      },
      options,
    );
    if (manner.listens === true)
      ledger.heard = (reference) => {
        const ms = random() * 100;
        const key = keys.get(reference);
        if (key !== undefined) setTimeout(() => session.tell(key, "executed"), ms);
      };
    const settled = await session.settled;
    return new Map(settled.map(({ item, is }) => [item.reference, reports[is]]));
  };
}

/** The write, with a look-up that finds only what is open: what was executed is not, and so it is never found. */
function amongOpen(write: Write): Write {
  const { look } = write;
  if (look === null) return write;
  const open = { ...look, covers: "open", absent: "unknown", items: "/nowhere", none: [] } as const;
  return { ...write, look: open };
}
