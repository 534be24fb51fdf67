/** Retry rules by name. */
import { milliseconds, millisecondsOrNull, spell } from "../model/durations.js";
import { code, joined, type Prose, prose, strong } from "../model/prose.js";
import type { RetryRule } from "../model/retry.js";
import { object, ref } from "../read/json-schema.js";
import { type Infer, scopes, traced } from "../read/language.js";
import type { Item } from "../resolve/item.js";
import { defineSection, leavesOf, type Scope } from "../resolve/section.js";
import type { DelaySource } from "../runtime/vocabulary.js";
import { budgets } from "./budgets.js";
import { deadlines } from "./deadlines.js";
import { operations } from "./operations.js";

const schema = traced(
  ["verdict", "summary"],
  {
    verdict: {
      description: "never, retry, after (the steps in `before`) or reconcile.",
      enum: ["never", "retry", "after", "reconcile"],
    },
    summary: ref("text"),
    delay: {
      description:
        "Where the delay comes from, tried in this order; under the verdict reconcile, the time between looks.",
      type: "array",
      minItems: 1,
      items: object(
        [],
        {
          header: {
            description: "A response header with seconds or a date, such as retry-after.",
            type: "string",
            pattern: "^[A-Za-z0-9-]+$",
          },
          field: ref("fieldName", "A field of the entry, of type duration."),
          exponential: object(["base", "factor"], {
            base: ref("duration"),
            factor: {
              type: "number",
              exclusiveMinimum: 1,
            },
            cap: ref("duration"),
          }),
          fixed: ref("duration"),
        },
        { minProperties: 1, maxProperties: 1 },
      ),
    },
    combine: {
      description: "Which delay counts when several sources answer: the first or the longest.",
      enum: ["first", "longest"],
    },
    cap: ref("duration", "The longest wait worth making."),
    "over-cap": {
      description: "What to do when the wait would be longer.",
      enum: ["give-up"],
    },
    jitter: ref("duration", "The most to add to the delay at random."),
    attempts: {
      description:
        "How many attempts in all, the first call included; under the verdict reconcile, how many looks.",
      type: "integer",
      minimum: 1,
    },
    identity: {
      description: "The idempotency key of the next request.",
      enum: ["same", "fresh", "none"],
    },
    resign: {
      description: "Whether the next request needs a new timestamp and signature.",
      type: "boolean",
    },
    requires: {
      description:
        "single-send: a write goes out again only if the caller knows that nothing below it sent it twice.",
      enum: ["single-send"],
    },
    before: {
      description: "What to do before the next attempt, each at most once.",
      type: "array",
      minItems: 1,
      items: object(["do"], {
        do: ref("step"),
        or: ref("step", "What to do instead when the first was done and did not help."),
        with: ref("id", "The operation to call for it."),
      }),
    },
    pause: {
      description: "Whose other calls must wait as well.",
      enum: scopes,
    },
    deadline: ref("id", "The deadline that ends the attempts, by name."),
    budget: ref("id", "The budget that each retry is paid from, by name."),
  },
  { title: "a retry rule" },
);

type RetrySyntax = Infer<typeof schema>;

/** What may be traced of a retry rule, and of an entry's. */
export const retryLeaves = leavesOf(schema);

export const retry = defineSection({
  key: "retry",
  noun: "retry rule",
  nouns: "retry rules",
  about: "Retry rules by name. The rules `never` and `reconcile` always exist.",
  usedBy: "retry: in an entry, or under transport",
  schema,
  builtIn: (place): readonly RetryRule[] => {
    const trace = { cites: [], leaves: [], questions: [] };
    const rule = { place, trace, builtIn: true };
    return [
      {
        ...{ name: "never", ...rule, summary: "Do not send it again." },
        data: { verdict: "never", ...nothing },
      },
      {
        ...{ name: "reconcile", ...rule, summary: "Find out first what became of it." },
        data: { verdict: "reconcile", ...nothing },
      },
    ];
  },
  resolve: (item, scope): RetryRule => {
    const { value } = item;
    checkReferences(item, scope);
    return {
      ...scope.traced(item, retryLeaves),
      builtIn: false,
      summary: value.summary,
      data: {
        verdict: value.verdict,
        delay: value.delay?.map(delaySource) ?? null,
        combine: value.combine ?? null,
        capMs: millisecondsOrNull(value.cap),
        overCap: value["over-cap"] ?? null,
        jitterMs: millisecondsOrNull(value.jitter),
        attempts: value.attempts ?? null,
        identity: value.identity ?? null,
        resign: value.resign ?? false,
        requires: value.requires ?? null,
        before: (value.before ?? []).map((step) => ({
          do: step.do,
          or: step.or ?? null,
          with: step.with ?? null,
        })),
        pause: value.pause ?? null,
        deadline: value.deadline ?? null,
        budget: value.budget ?? null,
      },
    };
  },
  docs: { title: "Retry rules", facts },
  json: ({ name, builtIn, summary, data }) => ({ name, builtIn, summary, ...data }),
});

const nothing = {
  delay: null,
  combine: null,
  capMs: null,
  overCap: null,
  jitterMs: null,
  attempts: null,
  identity: null,
  resign: false,
  requires: null,
  before: [],
  pause: null,
  deadline: null,
  budget: null,
} as const;

function checkReferences({ value, at }: Item<RetrySyntax>, scope: Scope): void {
  value.before?.forEach((step, i) => {
    if (step.with !== undefined) scope.refer(operations, step.with, at("before", i, "with"));
  });
  if (value.deadline !== undefined) scope.refer(deadlines, value.deadline, at("deadline"));
  if (value.budget !== undefined) scope.refer(budgets, value.budget, at("budget"));
}

function delaySource(source: NonNullable<RetrySyntax["delay"]>[number]): DelaySource {
  if (source.header !== undefined) return { from: "header", header: source.header.toLowerCase() };
  if (source.field !== undefined) return { from: "field", field: source.field };
  if (source.fixed !== undefined) return { from: "fixed", ms: milliseconds(source.fixed) };
  const { base, factor, cap } = source.exponential!;
  return {
    from: "exponential",
    baseMs: milliseconds(base),
    factor,
    capMs: millisecondsOrNull(cap),
  };
}

function facts({ data }: RetryRule): readonly Prose[] {
  const verdict = prose`${strong("Verdict")}: ${code(data.verdict)}`;
  if (data.verdict === "reconcile") {
    if (data.attempts === null) return [verdict];
    const each = joined((data.delay ?? []).map(delayFact));
    return [verdict, prose`Look at most ${data.attempts} times, ${each} after each other`];
  }
  return [
    verdict,
    ...waitFacts(data),
    ...(data.attempts === null ? [] : [prose`Sent at most ${data.attempts} times in all`]),
    ...data.before.map(stepFact),
    ...requestFacts(data),
    ...(data.pause === null ? [] : [prose`Other calls of the same ${data.pause} wait as well`]),
    ...(data.deadline === null ? [] : [prose`Ends at the deadline ${code(data.deadline)}`]),
    ...(data.budget === null
      ? []
      : [prose`Each retry is paid from the budget ${code(data.budget)}`]),
  ];
}

type Data = RetryRule["data"];

function waitFacts({ delay, combine, capMs, jitterMs }: Data): readonly Prose[] {
  const order = combine === "longest" ? "; or, if longer, " : "; otherwise ";
  return [
    ...(delay === null ? [] : [prose`${strong("Wait")}: ${joined(delay.map(delayFact), order)}`]),
    ...(capMs === null ? [] : [prose`A wait of more than ${spell(capMs)} is not made`]),
    ...(jitterMs === null ? [] : [prose`Up to ${spell(jitterMs)} is added at random`]),
  ];
}

function stepFact(step: Data["before"][number]): Prose {
  const operation = step.with === null ? "" : prose` with ${code(step.with)}`;
  const otherwise = step.or === null ? "" : prose`; if that did not help, ${code(step.or)}`;
  return prose`First: ${code(step.do)}${operation}${otherwise}`;
}

function requestFacts({ requires, resign, identity }: Data): readonly Prose[] {
  return [
    ...(requires === "single-send"
      ? [
          prose`A write only if nothing below the caller may have sent it twice; otherwise look first`,
        ]
      : []),
    ...(resign ? [prose`The request is signed anew, with a new timestamp`] : []),
    ...(identity === null ? [] : [prose`Idempotency key of the next request: ${identity}`]),
  ];
}

function delayFact(source: DelaySource): Prose {
  switch (source.from) {
    case "header":
      return prose`as the header ${code(source.header)} says`;
    case "field":
      return prose`as the field ${code(source.field)} says`;
    case "fixed":
      return prose`${spell(source.ms)}`;
    case "exponential": {
      const cap = source.capMs === null ? "" : prose`, at most ${spell(source.capMs)}`;
      return prose`${spell(source.baseMs)}, then ${source.factor} times as long each time${cap}`;
    }
  }
}
