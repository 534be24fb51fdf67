/** The reference page of each API, and the page of what its documents leave open. */
import type { Api, Citation, Codes, Entry, Leaf, RetryRule, Trace, Traced } from "../model.js";
import {
  anchor,
  bold,
  code,
  fence,
  heading,
  type Inline,
  join,
  line,
  link,
  list,
  page,
  tableOf,
  text,
} from "../print/markdown.js";
import { type DelaySource, Family } from "../runtime/vocabulary.js";
import { actors, categories, outcomes } from "../taxonomy.js";
import { type Emitter, perApi } from "./emitter.js";

const familyTitles: Readonly<Record<Family, string>> = {
  statuses: "HTTP statuses",
  errors: "Errors",
  declines: "Declines",
  sockets: "Socket messages",
};

export const apiDocs: Emitter = perApi((api) => [
  { path: `docs/${api.id}/index.md`, text: reference(api) },
  { path: `docs/${api.id}/questions.md`, text: openQuestions(api) },
]);

function reference(api: Api): string {
  const families = Object.values(Family).filter((family) =>
    api.entries.some((e) => e.family === family),
  );
  return page(
    `${api.title}: errors`,
    `Every error of the ${api.title}: how to recognise it, what happened, what to do.`,
    [
      heading(1, text(`${api.title}: errors`)),
      text(api.summary),
      line`Other pages: ${link(text("all APIs"), "../index.md")}, ${link(text("open questions"), "questions.md")}. A fact without a mark is documented by the vendor; a mark says that it was inferred, or chosen here.`,
      ...families.flatMap((family) => [
        heading(2, text(familyTitles[family])),
        overview(api, family),
      ]),
      ...families.flatMap((family) =>
        api.entries.filter((e) => e.family === family).flatMap(entryBlocks),
      ),
      ...ruleBlocks(api),
      ...sourceBlocks(api),
    ],
  );
}

function overview(api: Api, family: Family): string {
  const entries = api.entries.filter((entry) => entry.family === family);
  return tableOf(
    ["Recognised by", "Entry", "Category", "Was a write executed?", "Retry"].map(text),
    entries.map((entry) => [
      recognised(entry),
      link(text(entry.title), `#${entry.anchor}`),
      text(entry.success ? "success" : (entry.category ?? "")),
      text(entry.outcome),
      entry.retry === null ? text("") : ruleLink(entry.retry),
    ]),
  );
}

/** The shortest thing that tells the entry apart. */
function recognised({ match: { statuses, codes, messages, shape, where } }: Entry): Inline {
  if (codes.length > 0) return join(codes.map(codeRange));
  if (messages.length > 0)
    return join(
      messages.map((m) => code(m.literal ?? m.template)),
      " or ",
    );
  if (shape !== null) return line`shape ${code(shape.name)}`;
  if (where.length > 0)
    return join(
      where.map(({ at, values }) => line`${code(at)} is ${code(JSON.stringify(values[0]))}`),
    );
  return join(statuses.map((status) => code(String(status))));
}

function codeRange({ first, last }: Codes): Inline {
  return first === last
    ? code(String(first))
    : line`${code(String(first))} to ${code(String(last))}`;
}

function entryBlocks(entry: Entry): (string | null)[] {
  const { trace, match } = entry;
  const mark = marker(trace);
  const kind = entry.family === "statuses" ? "status" : "message";
  const facts: Inline[] = [line`${bold(text("Id"))}: ${code(entry.id)}`];
  if (entry.removed !== null)
    facts.push(
      line`${bold(text("Removed"))} in ${text(entry.removed.since)}: ${text(entry.removed.reason)}`,
    );
  if (entry.deprecated !== null) {
    const { since, reason, use } = entry.deprecated;
    const instead =
      use === null ? text("") : line` Use ${link(text(use.title), `#${use.anchor}`)} instead.`;
    facts.push(line`${bold(text("Deprecated"))} since ${text(since)}: ${text(reason)}${instead}`);
  }
  facts.push(line`${bold(text("Recognised by"))}: ${recognition(entry, mark)}`);
  if (entry.category !== null && entry.actor !== null) {
    facts.push(
      line`${bold(text("Category"))}: ${code(entry.category)}. ${text(categories[entry.category].means)}`,
    );
    facts.push(line`${bold(text("Who acts"))}: ${text(actors[entry.actor])}${mark("actor")}`);
  }
  facts.push(
    line`${bold(text("Was a write executed?"))} ${text(outcomes[entry.outcome])}${mark("outcome")}`,
  );
  if (entry.retry !== null)
    facts.push(
      line`${bold(text("Retry"))}: ${ruleLink(entry.retry)}. ${text(entry.retry.summary)}${mark("retry")}`,
    );
  if (entry.ifPriorUnknown !== null)
    facts.push(
      line`${bold(text("After an earlier try whose outcome nobody knows"))}: ${text(outcomes[entry.ifPriorUnknown.outcome])} Retry: ${ruleLink(entry.ifPriorUnknown.retry)}.${mark("if-prior-unknown")}`,
    );
  if (entry.remedy !== null)
    facts.push(line`${bold(text("What to do"))}: ${text(entry.remedy)}${mark("remedy")}`);
  for (const field of entry.fields) {
    const unit =
      field.unit === null
        ? text("")
        : line` in ${code(field.unit)}${mark(`fields.${field.name}.unit`)}`;
    const said = field.summary === null ? text("") : line`. ${text(field.summary)}`;
    facts.push(
      line`${bold(text("Field"))} ${code(field.name)}: ${text(field.type)} at ${code(field.at)}${unit}${mark(`fields.${field.name}`)}${said}`,
    );
  }
  facts.push(...traceFacts(trace));
  const heads = [
    ...match.codes.map(codeRange),
    ...(kind === "status" ? match.statuses.map((s) => code(String(s))) : []),
  ];
  return [
    anchor(entry.anchor),
    heading(3, heads.length === 0 ? text(entry.title) : line`${join(heads)} ${text(entry.title)}`),
    text(entry.summary),
    list(facts),
    ...entry.examples.flatMap((_, i) => exampleBlocks(entry, i, mark("examples"))),
  ];
}

function recognition({ match }: Entry, mark: (leaf: string) => Inline): Inline {
  const { statuses, codes, messages, shape, where, channel, overrides } = match;
  const pieces: Inline[] = [];
  if (statuses.length > 0)
    pieces.push(line`status ${join(statuses.map((s) => code(String(s))))}${mark("status")}`);
  if (codes.length > 0)
    pieces.push(line`code ${join(codes.map(codeRange))} at ${places(channel.code)}${mark("code")}`);
  if (messages.length > 0)
    pieces.push(
      line`text ${join(
        messages.map((m) => code(m.template)),
        " or ",
      )} at ${places(channel.message)}${mark("message")}`,
    );
  if (shape !== null) pieces.push(line`shape ${code(shape.name)}${mark("shape")}`);
  for (const { at, values } of where)
    pieces.push(
      line`${code(at)} is ${join(
        values.map((v) => code(JSON.stringify(v))),
        " or ",
      )}${mark("where")}`,
    );
  if (overrides.length > 0)
    pieces.push(
      line`even where ${join(overrides.map((e) => link(text(e.title), `#${e.anchor}`)))} would match`,
    );
  return line`${join(pieces, "; ")} (channel ${code(channel.name)})`;
}

function places(pointers: readonly string[]): Inline {
  return join(
    pointers.map((pointer) => (pointer === "" ? text("the whole body") : code(pointer))),
    " or ",
  );
}

/** What stands behind a fact that is not documented: nothing for one that is. */
function marker({ leaves }: Trace): (leaf: string) => Inline {
  return (path) => {
    const leaf = leaves.find((l) => l.path === path);
    return leaf === undefined || leaf.reason === null
      ? text("")
      : line` (${text(knownAs(leaf))}: ${text(leaf.reason)})`;
  };
}

function knownAs(leaf: Leaf): string {
  return leaf.known === "policy" ? "chosen here" : leaf.known;
}

function traceFacts({ cites, leaves, questions }: Trace): Inline[] {
  const silent = leaves.filter((leaf) => leaf.known === "undocumented");
  const facts: Inline[] = [];
  if (cites.length > 0)
    facts.push(line`${bold(text("Documented in"))}: ${join(cites.map(citation))}`);
  if (silent.length > 0)
    facts.push(
      line`${bold(text("Not documented"))}: ${join(silent.map((leaf) => code(leaf.path)))}`,
    );
  for (const question of questions) facts.push(line`${bold(text("Open"))}: ${text(question)}`);
  return facts;
}

function citation({ source, heading: part }: Citation): Inline {
  return part === null
    ? link(text(source.title), source.url)
    : link(line`${text(source.title)}, ${code(part)}`, `${source.url}#${part}`);
}

function exampleBlocks(entry: Entry, index: number, made: Inline): string[] {
  const { title, status, headers, body } = entry.examples[index]!;
  const shown: Inline[] = [text(title ?? "Example")];
  if (status !== undefined) shown.push(line`status ${code(String(status))}`);
  for (const [name, value] of Object.entries(headers ?? {})) shown.push(code(`${name}: ${value}`));
  if (body === undefined)
    shown.push(text(entry.match.channel.kind === "http" ? "no body is documented" : "nothing"));
  const caption = line`${join(shown)}${made}${text(body === undefined ? "." : ":")}`;
  return body === undefined ? [caption] : [caption, fence("json", JSON.stringify(body, null, 2))];
}

function ruleLink(rule: RetryRule): Inline {
  return link(code(rule.name), `#retry-${rule.name}`);
}

function ruleBlocks(api: Api): string[] {
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
  const used = new Set(api.entries.flatMap((e) => [e.retry?.name, e.ifPriorUnknown?.retry.name]));
  return [
    heading(2, text("Retry rules")),
    ...api.retry
      .filter((rule) => !rule.builtIn || used.has(rule.name))
      .flatMap((rule) => [
        anchor(`retry-${rule.name}`),
        heading(3, code(rule.name)),
        text(rule.summary),
        list([...retryFacts(rule), ...reasons(rule.trace), ...traceFacts(rule.trace)]),
      ]),
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
      ({ at, windowMs, duplicate, answer }: Api["idempotency"][number]) => [
        line`The key is at ${code(at)} of the request and is remembered for ${windowMs === null ? text("a time that is not documented") : duration(windowMs)}.`,
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
      ({ method, path, kind, idempotency, lookup }: Api["operations"][number]) => [
        line`A ${text(kind)}${path === null ? text("") : line`: ${code(method === null ? path : `${method} ${path}`)}`}`,
        ...(idempotency === null ? [] : [line`Idempotency key: ${code(idempotency.name)}`]),
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
  if (data.delay.length > 0)
    facts.push(
      line`${bold(text("Wait"))}: ${join(data.delay.map(delay), data.combine === "longest" ? "; or, if longer, " : "; otherwise ")}`,
    );
  if (data.capMs !== null)
    facts.push(line`A wait of more than ${duration(data.capMs)} is not made`);
  if (data.jitterMs !== null) facts.push(line`Up to ${duration(data.jitterMs)} is added at random`);
  if (data.attempts !== null) facts.push(line`Sent at most ${data.attempts} times in all`);
  for (const step of data.before)
    facts.push(
      line`First: ${code(step.do)}${step.with === null ? text("") : line` with ${code(step.with)}`}`,
    );
  if (data.resign) facts.push(text("The request is signed anew, with a new timestamp"));
  if (data.identity !== null)
    facts.push(line`Idempotency key of the next request: ${text(data.identity)}`);
  if (data.pause !== null)
    facts.push(line`Other calls of the same ${text(data.pause)} wait as well`);
  if (data.deadline !== null) facts.push(line`Ends at the deadline ${code(data.deadline)}`);
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
  const units: readonly [number, string][] = [
    [3_600_000, "h"],
    [60_000, "min"],
    [1_000, "s"],
  ];
  const [size, name] = units.find(([unit]) => ms >= unit && ms % unit === 0) ?? [1, "ms"];
  return text(`${ms / size} ${name}`);
}

/** The leaves of a rule that the document does not give, with the reasons. */
function reasons({ leaves }: Trace): Inline[] {
  return leaves
    .filter((leaf) => leaf.reason !== null)
    .map((leaf) => line`${code(leaf.path)} is ${text(knownAs(leaf))}: ${text(leaf.reason ?? "")}`);
}

function sourceBlocks(api: Api): string[] {
  if (api.sources.length === 0) return [];
  return [
    heading(2, text("Sources")),
    list(
      api.sources.map(({ title, url, read, sha256 }) => {
        const hash = sha256 === null ? text("") : line`, SHA-256 ${code(sha256)}`;
        return line`${link(text(title), url)}, read ${text(read)}${hash}`;
      }),
    ),
  ];
}

function openQuestions(api: Api): string {
  const asked = [
    ...api.entries.map((e) => ({
      name: link(text(e.title), `index.md#${e.anchor}`),
      trace: e.trace,
    })),
    ...[
      api.channels,
      api.operations,
      api.shapes,
      api.retry,
      api.limits,
      api.idempotency,
      api.deadlines,
      api.breakers,
      api.modes,
    ]
      .flat()
      .map((node: Traced) => ({ name: code(node.name), trace: node.trace })),
  ];
  const questions = asked.flatMap(({ name, trace }) =>
    trace.questions.map((question) => line`${name}: ${text(question)}`),
  );
  const silent = asked.flatMap(({ name, trace }) => {
    const leaves = trace.leaves.filter((leaf) => leaf.known === "undocumented");
    return leaves.length === 0 ? [] : [[name, join(leaves.map((leaf) => code(leaf.path)))]];
  });
  const section = (title: string, blocks: readonly string[]): string[] =>
    blocks.length === 0 ? [] : [heading(2, text(title)), ...blocks];
  return page(
    `${api.title}: open questions`,
    `What the documents of the ${api.title} promise, contradict or leave out.`,
    [
      heading(1, text(`${api.title}: open questions`)),
      line`What the documents promise and never say, where they disagree, and what to ask the vendor. Back to the ${link(text("reference"), "index.md")}.`,
      ...section(
        "Promised and not said",
        api.holes.flatMap((hole) => [
          heading(3, code(hole.name)),
          list([
            line`${bold(text("Promised"))}: ${text(hole.promised)}`,
            line`${bold(text("Found"))}: ${text(hole.found)}`,
            line`${bold(text("Where"))}: ${join(hole.cites.map(citation))}`,
            ...hole.questions.map((question) => line`${bold(text("Open"))}: ${text(question)}`),
          ]),
        ]),
      ),
      ...section(
        "Contradictions",
        api.conflicts.flatMap((conflict) => [
          heading(3, code(conflict.name)),
          text(conflict.about),
          list([
            ...conflict.between.map(
              ({ says, cites }) => line`${join(cites.map(citation))}: ${text(says)}`,
            ),
            line`${bold(text("Read here as"))}: ${text(conflict.reading)}`,
            ...conflict.questions.map((question) => line`${bold(text("Open"))}: ${text(question)}`),
          ]),
        ]),
      ),
      ...section("Questions for the vendor", questions.length === 0 ? [] : [list(questions)]),
      ...section(
        "Not documented",
        silent.length === 0 ? [] : [tableOf(["Where", "What"].map(text), silent)],
      ),
    ],
  );
}
