/** Cancels an order at MM with the advice of the package, and tells what became of it. */
import { adviseMm, decodeMm, mmLimits, type MmOperation } from "trading-api-errors/mm";
import { agentOf, type Api, bodyOf, lookUntil } from "./advised.js";
import type { Host } from "./hosts.js";
import { flightMs } from "./network.js";
import type { Client, Report } from "./world.js";

const api: Api<MmOperation> = {
  advise: adviseMm,
  decode: decodeMm,
  // As documented, whatever was sent: one second, two, four and so on.
  quietMs: (_, row) => 1_000 * 2 ** (row - 1),
  windowMs: mmLimits["requests"].perMs!,
};

const headers = { "x-api-key": "00000000-0000-4000-8000-000000000001" };
/** How long the venue may take to show a cancel, at most. */
const lagMs = 2_000;
/** How often to begin anew, even while the last cancel may be under way: no order is cancelled twice. */
const rounds = 6;

export function advisedMm(host: Host): Client {
  return async (world) => {
    const [{ reference }] = world.intents;
    const agent = agentOf(api, host, world);
    const path = `/api/v1/orders/${reference}`;
    const cancel = { method: "POST", path: `${path}/cancel`, headers, body: "" };
    const read = { method: "GET", path, headers, body: "" };

    const look = async (): Promise<string | null> => {
      const call = agent.begin("read");
      const response = await agent.run(call, () => read);
      if (response !== null) return bodyOf<{ status: string }>(response).status;
      const { failure } = call;
      // There is no such order, and there was none to cancel.
      return failure !== null && "id" in failure && failure.id === "mm.not-found" ? "none" : null;
    };

    // After a cancel that may be under way, a refusal of the next says nothing of that one.
    let unsure = false;
    for (let round = 1; ; round++) {
      const call = agent.begin("cancel-order", { unsure });
      if ((await agent.run(call, () => cancel)) !== null) return new Map([[reference, "executed"]]);
      const advice = call.advice!;
      if (advice.do !== "reconcile") {
        // It was not executed, and all that it takes is time; the next call waits first.
        if (advice.do === "stop" && advice.actor === "wait" && round < rounds) continue;
        return new Map([[reference, "failed"]]);
      }
      unsure = true;
      const finalMs = world.network.lastSentMs + flightMs + lagMs;
      const seen = await lookUntil(
        advice,
        finalMs,
        look,
        (found, final): Report | "open" | null => {
          if (found === "cancelled") return "executed";
          if (found === "filled" || found === "none") return "failed";
          // An order that is open may be cancelled once more; that it stays open is proved later.
          if (round < rounds) return "open";
          return final ? "failed" : null;
        },
      );
      if (seen !== "open") return new Map([[reference, seen ?? "unresolved"]]);
    }
  };
}
