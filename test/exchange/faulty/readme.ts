/** The README's own code, copied literally, with the network of a run in place of the internet. */
import { fetchOf } from "./transports.js";
import { abpOrderOf, type Client, type Report } from "./world.js";
import type { Network } from "./network.js";
import { trader } from "../../types/readme-retry.js";

/** The networks of the runs that are under way, by the host that they are asked for. */
const networks = new Map<string, Network>();

/** A fetch for all of them. */
const fetchByHost = async (input: string, init: RequestInit): Promise<Response> => {
  const { hostname, pathname, search } = new URL(input);
  const request = new Request(`http://venue.test${pathname}${search}`, init);
  return fetchOf(networks.get(hostname)!)(request);
};

const reports: Readonly<Record<string, Report>> = {
  placed: "executed",
  partly: "partly",
  accepted: "accepted",
  declined: "failed",
  "not-executed": "failed",
  unknown: "unresolved",
};

const realFetch = globalThis.fetch;

/** ABP's, as it stands in the README: it knows no deadline of its own, and waits ten seconds for an answer. */
export const readmeClient: Client = async (world) => {
  const host = `run-${world.seed}.test`;
  networks.set(host, world.network);
  globalThis.fetch = fetchByHost as typeof fetch;
  try {
    const orders = world.intents.map((intent) => {
      const { requestUuid: _, ...order } = abpOrderOf(intent, "");
      return order;
    });
    const told = await trader(`http://${host}`, { "x-api-key": "not-a-key" })(orders);
    return new Map(
      told.map((line, i) => [world.intents[i]!.reference, reports[line.split(" is ")[1]!]!]),
    );
  } finally {
    networks.delete(host);
    if (networks.size === 0) globalThis.fetch = realFetch;
  }
};
