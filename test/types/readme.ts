import { AbpDecline, type AbpDeclineValue, isAbpPlacementBody } from "trading-api-errors/abp";

export function next(body: unknown): readonly string[] {
  if (!isAbpPlacementBody(body)) return ["not a placement: look the orders up"];
  return body.declinedOrders.map((order) => {
    const reason: AbpDeclineValue = order.declineReason;
    switch (reason) {
      case AbpDecline.OddsTemporarilyUnavailable:
        return `${order.requestUuid}: place it again, alone and under a fresh UUID`;
      case AbpDecline.InvalidOdds:
        return `${order.requestUuid}: fetch the odds and decide anew`;
      default:
        return `${order.requestUuid}: show it to a person (${reason})`;
    }
  });
}
