/** One of several processes that share an account: does what its parent says, and tells when its requests left. */
import { createClient } from "@redis/client";
import { openGate } from "trading-api-errors";
import { redisStore } from "./redis-store.js";
import { data, nowMs, type Order, type Report, stop } from "./redis-account.js";

const client = createClient({ url: process.argv[2]! });
await client.connect();
const failures: string[] = [];
const gate = openGate(data, {
  store: redisStore(client),
  onEvent: ({ event, attributes }) => {
    if (event === "store-failed") failures.push(attributes["error.type"]);
  },
});

const tell = (report: Report): void => void process.send!(report);

process.on("message", (order: Order) => {
  if (order.do === "pause") {
    const at = nowMs();
    gate.heard({ transport: "reset" }, stop(order.ms), "a");
    tell({ is: "paused", at });
  } else if (order.do === "send") {
    const sent = Array.from({ length: order.count }, async () => {
      const why = await gate.enter({ operation: "a" });
      return { at: nowMs(), why };
    });
    void Promise.all(sent).then((left) => tell({ is: "sent", left, failures }));
  } else {
    client.destroy();
    process.disconnect();
  }
});
tell({ is: "ready" });
