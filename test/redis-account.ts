/** The account that the processes of the Redis test share, and what they and their parent tell each other. */
import type { Advice, GateData } from "trading-api-errors";

export const count = 10;
export const perMs = 500;

export const data: GateData = {
  rules: {},
  limits: { requests: { count, perMs, of: "requests", scope: "account" } },
  budgets: {},
};

export type Order =
  | { readonly do: "pause"; readonly ms: number }
  | { readonly do: "send"; readonly count: number }
  | { readonly do: "end" };

export type Report =
  | { readonly is: "ready" }
  | { readonly is: "paused"; readonly at: number }
  | {
      readonly is: "sent";
      readonly left: readonly { readonly at: number; readonly why: string | null }[];
      readonly failures: readonly string[];
    };

/** The machine's monotonic clock, which its processes share. */
export function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export function stop(pauseMs: number): Advice {
  return {
    ...{
      do: "stop",
      why: "rule",
      outcome: "not-executed",
      certainty: "inferred",
      actor: "wait",
      remedy: null,
    },
    ...{ pauseMs, pause: "account" },
  };
}
