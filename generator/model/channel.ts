/** Where failures arrive, and where in a body a value stands. */
import type { Test } from "../runtime/conditions.js";
import type { Shape as ShapeData } from "../runtime/shape.js";
import type { Traced } from "./trace.js";

export interface Channel extends Traced {
  readonly kind: "http" | "socket" | "items";
  /** On an item channel, where its items are. */
  readonly within: Channel | null;
  readonly items: readonly string[];
  readonly accepted: string | null;
  /** What marks an item as taken; empty where a list of its own says so. */
  readonly taken: readonly Condition[];
  /** What tells the items apart; `null` where nothing does. */
  readonly key: Key | "position" | null;
  /** Where an item lists what was carried out of it. */
  readonly partial: string | null;
  /** Tried in order. */
  readonly code: readonly Location[];
  readonly message: readonly Location[];
  /** Where codes of other vocabularies stand. */
  readonly further: readonly Location[];
  /** The shape that its bodies usually have. */
  readonly shape: Shape | null;
  /** What makes a body a success, and what a failure. */
  readonly success: readonly Condition[];
  readonly failure: readonly Condition[];
  /** Where a body has several errors, and an error its causes. */
  readonly errors: string | null;
  readonly causes: string | null;
  /** Where a frame says which request it answers. */
  readonly replyTo: string | null;
  readonly summary: string | null;
}

/** Where a value stands: in the body, as a JSON pointer, or in a header; and which part of it, under which condition. */
export interface Location {
  readonly at: string | null;
  readonly header: string | null;
  readonly after: string | null;
  readonly before: string | null;
  readonly when: readonly Condition[];
}

/** What has to stand at a JSON pointer of the body, or in a header. */
export interface Condition {
  readonly at: string | null;
  readonly header: string | null;
  readonly test: Test;
}

/** What identifies an item of a batch. */
export interface Key {
  readonly at: readonly string[];
  readonly type: "uuid" | "index" | null;
}

/** The shape of a body. */
export interface Shape extends Traced {
  readonly title: string;
  readonly summary: string;
  readonly root: ShapeData;
  readonly examples: readonly unknown[];
}
