import { CatalogError, readResponse, startCall } from "trading-api-errors";
import { adviseAbp, decodeAbp } from "trading-api-errors/abp";
import { advisedRetry } from "trading-api-errors/cockatiel";

export async function place(url: string, orders: string): Promise<string> {
  // One for each call: it counts the attempts, and remembers what came before.
  const call = startCall(adviseAbp, "place-orders", { keyed: true });
  const send = async () => {
    const signal = AbortSignal.timeout(2_000);
    const reply = decodeAbp(
      await readResponse(await fetch(url, { method: "POST", body: orders, signal })),
    );
    if (!reply.ok) throw new CatalogError(reply.failure);
  };
  try {
    await advisedRetry(call).execute(send);
    return "answered: see what became of each order";
  } catch (error) {
    const advice = call.ended(error);
    // Certainly not executed.
    if (advice.do === "stop") return `not placed; who acts: ${advice.actor}`;
    return "look the orders up before anything else";
  }
}
