import { openGate, readResponse, startSession } from "trading-api-errors";
import { abpGate, abpWrites } from "trading-api-errors/abp";

/** Places the orders of one account. Make one for each account: its gate keeps the limits and the pauses. */
export function trader(url: string, headers: Record<string, string>) {
  const gate = openGate(abpGate);
  const ask = async (path: string, init: RequestInit) =>
    readResponse(await fetch(url + path, { ...init, headers, redirect: "manual" }));
  return async (orders: readonly object[]): Promise<readonly string[]> => {
    const session = startSession(
      abpWrites["place-orders"],
      orders,
      {
        send: (copies, { signal }) => {
          const keyed = copies.map(({ item, key }) => ({ ...item, requestUuid: key }));
          return ask("/place-orders", {
            method: "POST",
            body: JSON.stringify({ orders: keyed }),
            signal,
          });
        },
        lookUp: (copies, { signal }) => {
          const uuids = copies.map(({ key }) => key).join();
          return ask(`/orders?requestUuids=${uuids}`, { signal });
        },
      },
      { gate },
    );
    return (await session.settled).map(({ key, is }) => `${key} is ${is}`);
  };
}
