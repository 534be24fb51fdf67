/** Retry rules by name. */
import { milliseconds, spell } from "../model/durations.js";
import { code, joined, type Prose, prose, strong } from "../model/prose.js";
import { present } from "../model/present.js";
import type { RetryRule } from "../model/retry.js";
import { object, ref } from "../read/json-schema.js";
import { type Infer, scopes, stepNames, traced } from "../read/language.js";
import type { Item } from "../resolve/item.js";
import { defineSection, leavesOf, type Scope } from "../resolve/section.js";
import type { Resend, Step, StepName } from "../runtime/vocabulary.js";
import { budgets } from "./budgets.js";
import { deadlines } from "./deadlines.js";
import { checkDelays, delayFact, delayOf, delaySchema, optional } from "./delays.js";
import { operations } from "./operations.js";
import { steps } from "./steps.js";

const maxAttempts = { type: "integer", minimum: 1 } as const;

/** Where a delay comes from: one of these, as a rule that is told nothing waits by the next. */
const waits = {
  delay: {
    description: "Where the delay comes from, tried in this order.",
    type: "array",
    minItems: 1,
    items: delaySchema,
  },
  combine: {
    description: "Which delay counts when several sources answer: the first or the longest.",
    enum: ["first", "longest"],
  },
} as const;

/** What a rule that sends again may say. */
const resend = {
  ...waits,
  "max-delay": ref("duration", "Give up rather than wait longer than this."),
  jitter: ref("duration", "The most to add to the delay at random."),
  "max-attempts": {
    description: "How many requests in all, the first one included.",
    ...maxAttempts,
  },
  identity: {
    description: "The idempotency key of the next request.",
    enum: ["same", "fresh", "none"],
  },
  "re-sign": {
    description: "true if the next request needs a new timestamp and signature.",
    type: "boolean",
  },
  requires: {
    description:
      "single-send: a write goes out again only if the caller knows that nothing below it sent it twice.",
    enum: ["single-send"],
  },
  pause: { description: "Whose other calls must wait as well.", enum: scopes },
  deadline: ref("id", "The deadline that ends the attempts, by name."),
  budget: {
    description:
      "The budget that each retry is paid from, by name, or with a cost of the rule's own.",
    anyOf: [
      ref("id"),
      object(["from", "cost"], {
        from: ref("id", "The budget, by name."),
        cost: { description: "How many tokens it costs.", type: "integer", minimum: 1 },
      }),
    ],
  },
} as const;

const before = {
  description: "What to do before the next attempt, each at most once.",
  type: "array",
  minItems: 1,
  items: object(["do"], {
    do: ref("step"),
    fallback: ref("step", "What to do instead when the first was done and did not help."),
    operation: ref("id", "The operation to call for it."),
  }),
} as const;

const said = {
  summary: ref("text"),
  extends: ref(
    "id",
    "The rule that has what this one does not say, with its reasons: one of the same verdict, or retry: for after:.",
  ),
};

const never = traced(["verdict", "summary"], { verdict: { const: "never" }, ...said });
const again = traced(["verdict", "summary"], { verdict: { const: "retry" }, ...said, ...resend });
const after = traced(["verdict", "summary", "before"], {
  ...{ verdict: { const: "after" }, ...said, ...resend },
  before,
});
const reconcile = traced(["verdict", "summary"], {
  ...{ verdict: { const: "reconcile" }, ...said, ...waits },
  "max-attempts": { description: "How often to look.", ...maxAttempts },
});

/** A rule says what its verdict needs, and cannot say what would have no meaning. */
const schema = {
  title: "a retry rule",
  description:
    "never, retry, after (the steps in before:) or reconcile; which keys there are depends on the verdict.",
  type: "object",
  required: ["verdict"],
  discriminator: { propertyName: "verdict" },
  oneOf: [never, again, after, reconcile],
} as const;

type RetrySyntax = Infer<typeof schema>;
type ResendSyntax = Extract<RetrySyntax, { readonly verdict: "retry" | "after" }>;

/** What may be traced of a retry rule, and of an entry's. */
export const retryLeaves = leavesOf({ properties: { ...after.properties } });

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
        data: { verdict: "never" },
      },
      {
        ...{ name: "reconcile", ...rule, summary: "Find out first what happened to it." },
        data: { verdict: "reconcile" },
      },
    ];
  },
  resolve: (item, scope): RetryRule => {
    const { value } = item;
    if ("delay" in value) checkDelays(value.delay, item, scope);
    checkReferences(item, scope);
    const known = scope.traced(item, retryLeaves);
    return { ...known, builtIn: false, summary: value.summary, data: dataOf(value, scope) };
  },
  link: linkBase,
  docs: { title: "Retry rules", facts },
  json: ({ name, builtIn, summary, data }) => ({ name, builtIn, summary, ...data }),
});

/** What it says is there already; but a rule that another extends is used. */
function linkBase(_: unknown, { value, at }: Item<RetrySyntax>, scope: Scope): void {
  if (value.extends !== undefined) scope.refer(retry, value.extends, at("extends"));
}

function checkReferences({ value, at }: Item<RetrySyntax>, scope: Scope): void {
  if (value.verdict === "after")
    value.before.forEach(({ do: step, fallback, operation }, i) => {
      for (const [key, name] of Object.entries({ do: step, fallback }))
        if (name !== undefined && !isStepName(name)) scope.refer(steps, name, at("before", i, key));
      if (operation !== undefined) scope.refer(operations, operation, at("before", i, "operation"));
    });
  if (value.verdict === "never" || value.verdict === "reconcile") return;
  if (value.deadline !== undefined) scope.refer(deadlines, value.deadline, at("deadline"));
  const { budget } = value;
  if (typeof budget === "string") scope.refer(budgets, budget, at("budget"));
  else if (budget !== undefined) scope.refer(budgets, budget.from, at("budget", "from"));
}

function dataOf(value: RetrySyntax, scope: Scope): Data {
  switch (value.verdict) {
    case "never":
      return { verdict: "never" };
    case "retry":
      return { verdict: "retry", ...resendOf(value) };
    case "after":
      return {
        verdict: "after",
        ...resendOf(value),
        before: value.before.map((step) => stepOf(step, scope)),
      };
    case "reconcile":
      return {
        verdict: "reconcile",
        ...waitsOf(value),
        ...present({ maxAttempts: value["max-attempts"] }),
      };
  }
}

function resendOf(value: ResendSyntax): Resend {
  const { identity, requires, pause, deadline, budget } = value;
  return {
    ...waitsOf(value),
    ...present({
      maxDelayMs: optional(value["max-delay"], milliseconds),
      jitterMs: optional(value.jitter, milliseconds),
      maxAttempts: value["max-attempts"],
      identity,
      reSign: value["re-sign"] === true ? true : undefined,
      ...{ requires, pause, deadline },
      ...(typeof budget === "object" ? { budget: budget.from, cost: budget.cost } : { budget }),
    }),
  };
}

function waitsOf({
  delay,
  combine,
}: Pick<ResendSyntax, "delay" | "combine">): Pick<Resend, "delay" | "combine"> {
  return present({ delay: delay?.flatMap(delayOf), combine });
}

function isStepName(name: string): name is StepName {
  return (stepNames as readonly string[]).includes(name);
}

type StepSyntax = Extract<RetrySyntax, { readonly verdict: "after" }>["before"][number];

function stepOf({ do: name, fallback, operation }: StepSyntax, scope: Scope): Step {
  const base = scope.nodes(steps).get(name)?.base;
  return { do: name, ...present({ base, fallback, operation }) };
}

function facts({ data }: RetryRule): readonly Prose[] {
  const verdict = prose`${strong("Verdict")}: ${code(data.verdict)}`;
  if (data.verdict === "never") return [verdict];
  const { maxAttempts } = data;
  if (data.verdict === "reconcile") {
    if (maxAttempts === undefined) return [verdict];
    const each = joined((data.delay ?? []).map(delayFact));
    return [verdict, prose`Look at most ${maxAttempts} times, ${each} after each other`];
  }
  const { pause, deadline, budget, cost } = data;
  return [
    verdict,
    ...waitFacts(data),
    ...(maxAttempts === undefined ? [] : [prose`Sent at most ${maxAttempts} times in all`]),
    ...(data.verdict === "after" ? data.before.map(stepFact) : []),
    ...requestFacts(data),
    ...(pause === undefined ? [] : [prose`Other calls of the same ${pause} wait as well`]),
    ...(deadline === undefined ? [] : [prose`Ends at the deadline ${code(deadline)}`]),
    ...(budget === undefined
      ? []
      : [
          prose`Each retry is paid from the budget ${code(budget)}${cost === undefined ? "" : `, and costs ${cost}`}`,
        ]),
  ];
}

type Data = RetryRule["data"];

function waitFacts({ delay, combine, maxDelayMs, jitterMs }: Resend): readonly Prose[] {
  const order = combine === "longest" ? "; or, if longer, " : "; otherwise ";
  return [
    ...(delay === undefined
      ? []
      : [prose`${strong("Wait")}: ${joined(delay.map(delayFact), order)}`]),
    ...(maxDelayMs === undefined
      ? []
      : [prose`A wait of more than ${spell(maxDelayMs)} is not made`]),
    ...(jitterMs === undefined ? [] : [prose`Up to ${spell(jitterMs)} is added at random`]),
  ];
}

function stepFact({ do: step, operation, fallback }: Step): Prose {
  const by = operation === undefined ? "" : prose` with ${code(operation)}`;
  const otherwise = fallback === undefined ? "" : prose`; if that did not help, ${code(fallback)}`;
  return prose`First: ${code(step)}${by}${otherwise}`;
}

function requestFacts({ requires, reSign, identity }: Resend): readonly Prose[] {
  return [
    ...(requires === "single-send"
      ? [
          prose`A write only if nothing below the caller may have sent it twice; otherwise look it up first`,
        ]
      : []),
    ...(reSign === true ? [prose`The request is re-signed, with a new timestamp`] : []),
    ...(identity === undefined ? [] : [prose`Idempotency key of the next request: ${identity}`]),
  ];
}
