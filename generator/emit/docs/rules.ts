/** The rules on the reference page of an API: retry rules, limits, deadlines and the like. */
import { spell } from "../../model/durations.js";
import type { Api, Entry, RetryRule, Traced } from "../../model/model.js";
import {
  anchor,
  bold,
  code,
  heading,
  type Inline,
  join,
  line,
  link,
  list,
  text,
} from "./markdown.js";
import type { DelaySource } from "../../runtime/vocabulary.js";
import { reasons, ruleAnchor, ruleLink, traceFacts } from "./trace.js";

export function ruleBlocks(api: Api): string[] {
  const described = (
    title: string,
    items: readonly (Traced & { summary: string })[],
    facts: (i: never) => Inline[],
  ): string[] =>
    items.length === 0
      ? []
      : [
          heading(2, text(title)),
          ...items.flatMap((item) => [
            heading(3, code(item.name)),
            text(item.summary),
            list([...facts(item as never), ...reasons(item.trace), ...traceFacts(item.trace)]),
          ]),
        ];
  const used = new Set([
    ...api.entries.flatMap((e) => [e.retry?.name, e.ifPriorUnknown?.retry.name]),
    ...api.transport.map(({ retry }) => retry.name),
  ]);
  return [
    heading(2, text("Retry rules")),
    ...api.retry
      .filter((rule) => !rule.builtIn || used.has(rule.name))
      .flatMap((rule) => [
        anchor(ruleAnchor(rule)),
        heading(3, code(rule.name)),
        text(rule.summary),
        list([...retryFacts(rule), ...reasons(rule.trace), ...traceFacts(rule.trace)]),
      ]),
    ...described(
      "Failures without a response",
      api.transport,
      ({ retry, remedy }: Api["transport"][number]) => [
        line`${bold(text("Retry"))}: ${ruleLink(retry)}. ${text(retry.summary)}`,
        ...(remedy === null ? [] : [line`${bold(text("What to do"))}: ${text(remedy)}`]),
      ],
    ),
    ...described(
      "Retry budgets",
      api.budgets,
      ({ tokens, cost, refund }: Api["budgets"][number]) => [
        line`A full budget holds ${tokens} tokens; a retry costs ${cost}, a success gives ${refund} back.`,
      ],
    ),
    ...described(
      "Limits",
      api.limits,
      ({ count, perMs, of, scope, configurable, answer }: Api["limits"][number]) => [
        line`${count} ${text(of)} ${perMs === null ? text("at once") : line`in ${duration(perMs)}`}, counted by ${text(scope)}${configurable === true ? text("; the vendor can set it") : text("")}`,
        ...answered(answer),
      ],
    ),
    ...described(
      "Idempotency",
      api.idempotency,
      ({ at, header, windowMs, slackMs, duplicate, answer }: Api["idempotency"][number]) => [
        line`The key is ${header === null ? line`at ${code(at!)}` : line`in the header ${code(header)}`} of the request and is remembered for ${windowMs === null ? text("a time that is not documented") : duration(windowMs)}.`,
        ...(slackMs === null
          ? []
          : [
              line`It counts as forgotten ${duration(slackMs)} before that, for a request under way.`,
            ]),
        line`Some items duplicates: these are ${text(duplicate.some)}. All duplicates: the request is ${text(duplicate.all)}.`,
        ...answered(answer),
      ],
    ),
    ...described(
      "Deadlines",
      api.deadlines,
      ({ at, defaultMs, maxMs, from, then }: Api["deadlines"][number]) => [
        ...(defaultMs === null
          ? []
          : [
              line`By default ${duration(defaultMs)}${from === null ? text("") : line` from ${text(from)}`}`,
            ]),
        ...(maxMs === null ? [] : [line`At most ${duration(maxMs)}`]),
        ...(at === null ? [] : [line`Set at ${code(at)}`]),
        ...(then === null ? [] : [line`Then the state is ${code(then)}`]),
      ],
    ),
    ...described(
      "Circuit breakers",
      api.breakers,
      ({ scope, opens, closes, threshold, cooldownMs, answer }: Api["breakers"][number]) => [
        line`One for each ${text(scope)}`,
        ...(opens === null ? [] : [line`Opens: ${text(opens)}`]),
        ...(closes === null ? [] : [line`Closes: ${text(closes)}`]),
        ...(threshold === null ? [] : [line`Failures that open it: ${threshold}`]),
        ...(cooldownMs === null ? [] : [line`Stays open for ${duration(cooldownMs)}`]),
        ...answered(answer),
      ],
    ),
    ...described(
      "Modes of the service",
      api.modes,
      ({ announced, effect, answer }: Api["modes"][number]) => [
        ...(announced === null ? [] : [line`Announced on the socket channel ${code(announced)}`]),
        ...(effect === null ? [] : [line`Effect: ${text(effect)}`]),
        ...answered(answer),
      ],
    ),
    ...described(
      "Operations",
      api.operations,
      ({ method, path, kind, idempotency, lookup, replayChecked }: Api["operations"][number]) => [
        line`A ${text(kind)}${path === null ? text("") : line`: ${code(method === null ? path : `${method} ${path}`)}`}`,
        ...(idempotency === null ? [] : [line`Idempotency key: ${code(idempotency.name)}`]),
        ...(replayChecked
          ? [
              text(
                "Signed; a signature that was used before is refused, so every retry is signed anew.",
              ),
            ]
          : []),
        ...(lookup === null ? [] : [line`To look up what became of it: ${code(lookup.name)}`]),
      ],
    ),
    ...described("Body shapes", api.shapes, ({ names, examples }: Api["shapes"][number]) => [
      line`Type ${code(names.type)}, guard ${code(names.guard)}`,
      ...(examples.length > 0 ? [line`Such as ${code(JSON.stringify(examples[0]))}`] : []),
    ]),
  ];
}

function answered(answer: Entry | null): Inline[] {
  return answer === null
    ? []
    : [line`Beyond it comes ${link(text(answer.title), `#${answer.anchor}`)}`];
}

function retryFacts({ data }: RetryRule): Inline[] {
  const facts: Inline[] = [line`${bold(text("Verdict"))}: ${code(data.verdict)}`];
  if (data.verdict === "reconcile") {
    if (data.attempts !== null)
      facts.push(
        line`Look at most ${data.attempts} times, ${join((data.delay ?? []).map(delay))} after each other`,
      );
    return facts;
  }
  if (data.delay !== null)
    facts.push(
      line`${bold(text("Wait"))}: ${join(data.delay.map(delay), data.combine === "longest" ? "; or, if longer, " : "; otherwise ")}`,
    );
  if (data.capMs !== null)
    facts.push(line`A wait of more than ${duration(data.capMs)} is not made`);
  if (data.jitterMs !== null) facts.push(line`Up to ${duration(data.jitterMs)} is added at random`);
  if (data.attempts !== null) facts.push(line`Sent at most ${data.attempts} times in all`);
  for (const step of data.before)
    facts.push(
      line`First: ${code(step.do)}${step.with === null ? text("") : line` with ${code(step.with)}`}${step.or === null ? text("") : line`; if that did not help, ${code(step.or)}`}`,
    );
  if (data.requires === "single-send")
    facts.push(
      text("A write only if nothing below the caller may have sent it twice; otherwise look first"),
    );
  if (data.resign) facts.push(text("The request is signed anew, with a new timestamp"));
  if (data.identity !== null)
    facts.push(line`Idempotency key of the next request: ${text(data.identity)}`);
  if (data.pause !== null)
    facts.push(line`Other calls of the same ${text(data.pause)} wait as well`);
  if (data.deadline !== null) facts.push(line`Ends at the deadline ${code(data.deadline)}`);
  if (data.budget !== null)
    facts.push(line`Each retry is paid from the budget ${code(data.budget)}`);
  return facts;
}

function delay(source: DelaySource): Inline {
  switch (source.from) {
    case "header":
      return line`as the header ${code(source.header)} says`;
    case "field":
      return line`as the field ${code(source.field)} says`;
    case "fixed":
      return duration(source.ms);
    case "exponential": {
      const cap = source.capMs === null ? text("") : line`, at most ${duration(source.capMs)}`;
      return line`${duration(source.baseMs)}, then ${source.factor} times as long each time${cap}`;
    }
  }
}

function duration(ms: number): Inline {
  return text(spell(ms));
}
