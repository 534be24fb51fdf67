/** What tells the families of entries apart. */
import type { Channel } from "./channel.js";

export interface Family {
  /** The section of the language, such as `declines`. */
  readonly key: string;
  /** One of them, such as `decline`. */
  readonly singular: string;
  /** A heading, such as `Declines`. */
  readonly title: string;
  /** Where its entries arrive unless they say so. */
  readonly channel: Channel["kind"];
  /** Whether its entries are named by an HTTP status, which decides only where nothing else does. */
  readonly isByStatus: boolean;
  /** What one response, item or frame of it is, for its JSON Schema. */
  readonly instance: string;
  /** The wire values of its entries that are worth an enumeration. */
  readonly values: readonly ValueKind[];
}

/** A kind of wire value, such as the reasons of declines. */
export interface ValueKind {
  /** What an enumeration of them is called, such as `decline`. */
  readonly name: string;
  /** Where its values come from. Codes are those of every family. */
  readonly of: "status" | "code" | "message";
  /** What they are, of the API with this title. */
  readonly means: (title: string) => string;
}
