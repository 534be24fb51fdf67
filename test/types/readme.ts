import { type HttpResponse } from "trading-api-errors";
import { decodeAbpPlacement } from "trading-api-errors/abp";

export function next(sent: readonly string[], response: HttpResponse): readonly string[] {
  const { items } = decodeAbpPlacement(sent, response);
  return [...items].map(([uuid, order]) => {
    if (order.is === "accepted")
      return order.outcome === "executed"
        ? `${uuid} is placed`
        : `${uuid} is accepted, not yet placed`;
    if (order.is !== "declined") return `${uuid}: look it up before sending it again (${order.is})`;
    switch (order.failure.id) {
      case "abp.odds-temporarily-unavailable":
        return `${uuid}: a session may place it again`;
      case "abp.stake-exceeds-limit":
        return `${uuid}: lower the stake to ${order.failure.fields.limit ?? "what the bookmaker takes"}`;
      default:
        return `${uuid}: show it to a person (${order.failure.text})`;
    }
  });
}
