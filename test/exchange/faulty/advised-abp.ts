/** Places a batch at ABP with the advice of the package, and tells what became of each order. */
import type { Advice, Call, Failure, Reconcile, Stop } from "trading-api-errors";
import { abpLimits, adviseAbp, decodeAbp, decodeAbpPlacement } from "trading-api-errors/abp";
import { agentOf, type Api, bodyOf, lookUntil } from "./advised.js";
import type { AbpOrder } from "./abp.js";
import { sleep } from "./clock.js";
import type { Host } from "./hosts.js";
import { flightMs } from "./network.js";
import { abpOrderOf, type Client, type Intent, type Report } from "./world.js";
import type { VenueRequest } from "../venue.js";

const api: Api<"place-orders" | "read-accounts"> = {
  advise: adviseAbp,
  decode: decodeAbp,
  quietMs: ({ fields }) => {
    const { retryAfterMs } = fields as { retryAfterMs?: number | null };
    return retryAfterMs ?? 1_000;
  },
  windowMs: abpLimits["requests"].perMs!,
};

const headers = { "content-type": "application/json", "x-api-key": "not-a-key" };
/** How long an order without a date of its own lives, and how long the venue may take to show one. */
const [lifeMs, lagMs] = [5_000, 2_000];

const place = (orders: readonly AbpOrder[]): VenueRequest => ({
  method: "POST",
  path: "/place-orders",
  headers,
  body: JSON.stringify({ orders }),
});

type LookUp = Pick<Reconcile, "do" | "looks" | "everyMs">;

/** What is skipped or unread has no advice; it is looked up like what has been received before. */
const lookUp = { do: "reconcile", looks: 5, everyMs: 1_000 } as const;

/** An order on its way, under the UUID that it has at present. */
interface Item {
  readonly intent: Intent;
  uuid: string;
}

export function advisedAbp(host: Host): Client {
  return async (world) => {
    const { intents, network } = world;
    const agent = agentOf(api, host, world);
    const reports = new Map<string, Report>();
    const open: { item: Item; advice: LookUp }[] = [];
    let uuids = 0;
    const freshUuid = (): string => `${world.seed}:${++uuids}`;
    const tell = ({ intent }: Item, report: Report): void =>
      void reports.set(intent.reference, report);

    const end = (items: readonly Item[], advice: LookUp | Stop): void => {
      for (const item of items) {
        if (advice.do === "reconcile") open.push({ item, advice });
        // The advice stands for it: this order was not executed.
        else tell(item, "failed");
      }
    };
    /** Sends the items until each has a result, or something to look up, or a try of its own ahead. */
    const send = async (items: readonly Item[], call: Call): Promise<readonly Item[]> => {
      const again: Item[] = [];
      // Only a declined order gets a fresh UUID, and that is done below.
      const response = await agent.run(call, () =>
        place(items.map(({ intent, uuid }) => abpOrderOf(intent, uuid))),
      );
      if (response === null) {
        end(items, call.advice as Reconcile | Stop);
        return again;
      }
      const batch = decodeAbpPlacement(
        items.map(({ uuid }) => uuid),
        response,
      );
      for (const item of items) {
        const reply = batch.items.get(item.uuid)!;
        if (reply.is === "accepted") tell(item, "executed");
        else if (reply.is === "declined") {
          const unsure = call.advice?.do === "retry" && call.advice.next.prior === "unknown";
          if (items.length > 1) await alone(item, unsure, reply.failure);
          else if ((await afterDecline(item, call.failed(reply.failure))) === "again")
            again.push(item);
        } else end([item], lookUp);
      }
      return again;
    };

    /** What the advice on a declined order comes to. */
    const afterDecline = async (item: Item, advice: Advice): Promise<"again" | "ended"> => {
      if (advice.do !== "retry") {
        end([item], advice);
        return "ended";
      }
      if (advice.identity === "fresh") item.uuid = freshUuid();
      await sleep(advice.delayMs);
      // Another order's call may have been told to wait longer than this one.
      await agent.quiet();
      if (Date.now() < item.intent.untilMs) return "again";
      tell(item, "failed");
      return "ended";
    };

    /** A declined order of a batch goes on by itself, in a call of its own: the others have results. */
    const alone = async (item: Item, unsure: boolean, failure: Failure): Promise<void> => {
      const call = agent.begin("place-orders", {
        keyed: true,
        untilMs: item.intent.untilMs,
        unsure,
      });
      if ((await afterDecline(item, call.failed(failure))) === "ended") return;
      let left: readonly Item[] = [item];
      while (left.length > 0) left = await send(left, call);
    };

    const items = intents.map((intent) => ({ intent, uuid: freshUuid() }));
    const untilMs = Math.min(...intents.map((intent) => intent.untilMs));
    const call = agent.begin("place-orders", { keyed: true, untilMs });
    let left: readonly Item[] = items;
    while (left.length > 0) left = await send(left, call);

    /** Looks the open orders up; absence proves something once no copy can be on its way or alive. */
    const settle = async (): Promise<void> => {
      const dated = Math.max(...open.map(({ item }) => (item.intent.dated ? untilMs : 0)));
      const finalMs = Math.max(dated, network.lastSentMs + flightMs + lifeMs) + lagMs;
      const look = async (): Promise<Map<string, string> | null> => {
        const path = `/orders?requestUuids=${open.map(({ item }) => item.uuid).join()}`;
        const response = await agent.run(agent.begin("read"), () => ({
          method: "GET",
          path,
          headers,
          body: "",
        }));
        if (response === null) return null;
        const { orders = [] } = bodyOf<{ orders?: { requestUuid: string; status: string }[] }>(
          response,
        );
        return new Map(orders.map(({ requestUuid, status }) => [requestUuid, status]));
      };
      await lookUntil(open[0]!.advice, finalMs, look, (found, final) => {
        for (const { item } of open) {
          const status = found.get(item.uuid);
          if (status === "PLACED") tell(item, "executed");
          // A part of it is placed, and what to do about the rest is nothing for a program.
          else if (status === "PARTIAL") tell(item, "unresolved");
          // A decline is no proof while an earlier copy may be on its way: it need not be remembered.
          else if (final) tell(item, "failed");
        }
        return open.every(({ item }) => reports.has(item.intent.reference)) || null;
      });
      for (const { item } of open)
        if (!reports.has(item.intent.reference)) tell(item, "unresolved");
    };
    if (open.length > 0) await settle();
    return reports;
  };
}
