/** What a gate tells a listener, for telemetry. Names and values are OpenTelemetry attributes, where it has one for them. */
import type { TransportFailure } from "./advice.js";
import type { Failure } from "./failure.js";

interface Common {
  readonly "errata.gate.name": string;
}

interface OfRequest extends Common {
  readonly "errata.operation": string;
}

/**
 * A request `left`, or was `refused`; a failure `paused` others; or the store failed. `error.type` and
 * `http.response.status_code` are OpenTelemetry's; it has no names for the rest. Times are in ms.
 */
export type GateEvent =
  | {
      readonly event: "left";
      readonly attributes: OfRequest & { readonly "errata.gate.waited_ms": number };
    }
  | {
      readonly event: "refused";
      readonly attributes: OfRequest & { readonly "errata.gate.reason": string };
    }
  | {
      readonly event: "paused";
      readonly attributes: OfRequest & {
        /** The id of the failure, or how the request ended without a response. */
        readonly "error.type": string;
        readonly "http.response.status_code"?: number;
        readonly "errata.gate.scope": "account" | "operation";
        readonly "errata.gate.pause_ms": number;
      };
    }
  | {
      readonly event: "store-failed";
      /** The name of the error; `contention` if too many processes wrote at the same time. */
      readonly attributes: Common & { readonly "error.type": string };
    };

export interface Teller {
  left(operation: string, waitedMs: number): void;
  refused(operation: string, reason: string): void;
  paused(
    failure: Failure | TransportFailure,
    operation: string,
    scope: "account" | "operation",
    ms: number,
  ): void;
  storeFailed(error: unknown): void;
}

/** Tells a listener, whatever the listener does. */
export function teller(name: string, listener: ((event: GateEvent) => void) | undefined): Teller {
  const tell = (event: GateEvent): void => {
    try {
      listener?.(event);
    } catch {
      // Whether a request may leave does not depend on who watches.
    }
  };
  const common = { "errata.gate.name": name };
  const of = (operation: string): OfRequest => ({ ...common, "errata.operation": operation });
  return {
    left: (operation, ms) =>
      tell({ event: "left", attributes: { ...of(operation), "errata.gate.waited_ms": ms } }),
    refused: (operation, reason) =>
      tell({ event: "refused", attributes: { ...of(operation), "errata.gate.reason": reason } }),
    paused: (failure, operation, scope, ms) => {
      const response = "transport" in failure ? null : failure;
      const status = response?.status ?? null;
      tell({
        event: "paused",
        attributes: {
          ...of(operation),
          "error.type": "transport" in failure ? failure.transport : failure.id,
          ...(status === null ? {} : { "http.response.status_code": status }),
          "errata.gate.scope": scope,
          "errata.gate.pause_ms": ms,
        },
      });
    },
    storeFailed: (error) => {
      const type = error instanceof Error ? error.name : "_OTHER";
      tell({ event: "store-failed", attributes: { ...common, "error.type": type } });
    },
  };
}
