/** Where each failure leads: a card for those that are alike, and an arrow to what is done about them. */
import { happened } from "../answers.js";
import type { Picture } from "./index.js";
import { attemptsOf, type ResendRule, waitsOf } from "../../../recognise/uses.js";
import { spell } from "../../../model/durations.js";
import type { Api } from "../../../sections/catalog.js";
import { type Case, type Group, type Way, waysOf } from "../ways.js";
import { box, drawing, type Shape, type Tone, width, wire, words, wrapped } from "./svg.js";

const left = { x: 12, width: 196 };
const right = { x: 240, width: width - 240 - 12 };
const gap = 12;
/** So many failures are named on a card, and so many cards are drawn. */
const named = 3;
const drawn = 14;

export const decisionPicture: Picture = {
  name: "decision",
  title: ({ title }) =>
    `What each failure of the ${title} leads to. The sections below say the same in words.`,
  draw: ({ api, groups }) => {
    if (groups.length === 0) return null;
    let y = 44;
    const shapes: Shape[] = [words("A failure of this kind", { x: left.x, y: 28, look: "soft" })];
    shapes.push(words("leads to", { x: right.x, y: 28, look: "soft" }));
    for (const group of groups.slice(0, drawn)) {
      const row = rowOf(api, group, y);
      shapes.push(...row.shapes);
      y += row.height + gap;
    }
    if (groups.length > drawn) {
      shapes.push(
        words(`and ${groups.length - drawn} more kinds`, { x: left.x, y: y + 12, look: "soft" }),
      );
      y += 24;
    }
    return drawing(
      {
        title: `What each failure of the ${api.title} leads to`,
        description: inWords(api, groups),
        height: y,
      },
      shapes,
    );
  },
};

function rowOf(api: Api, group: Group, y: number): { shapes: readonly Shape[]; height: number } {
  const lines = linesOf(group);
  const ways = waysOf(api, group.rule, group.outcome).map((way) => ({
    way,
    text: pillText(way, group),
  }));
  const heights = ways.map(({ text }) => 20 + 14 * text.length);
  const height = Math.max(
    34 + 15 * lines.length,
    heights.reduce((sum, h) => sum + h + 6, -6),
  );
  const shapes: Shape[] = [
    box({ ...left, y, height }, "card"),
    words(happened[group.outcome], { x: left.x + 10, y: y + 20, look: "strong" }),
    ...lines.map((line, i) =>
      words(line, { x: left.x + 10, y: y + 38 + 15 * i, size: 11, look: "soft" }),
    ),
  ];
  let top = y + (height - heights.reduce((sum, h) => sum + h + 6, -6)) / 2;
  ways.forEach(({ way, text }, i) => {
    const middle = top + heights[i]! / 2;
    shapes.push(
      wire([
        [left.x + left.width, y + height / 2],
        [left.x + left.width + 14, y + height / 2],
        [left.x + left.width + 14, middle],
        [right.x - 2, middle],
      ]),
      box({ ...right, y: top, height: heights[i]! }, `pill ${tones[way.to]}`, 10),
      words(verbs[way.to], { x: right.x + 10, y: top + 15, look: `strong toned ${tones[way.to]}` }),
      ...text.map((line, j) =>
        words(line, { x: right.x + 10, y: top + 29 + 14 * j, size: 10.5, look: "soft" }),
      ),
    );
    top += heights[i]! + 6;
  });
  return { shapes, height };
}

const verbs = { again: "Send again", look: "Look it up", stop: "Stop" } as const;
const tones: Readonly<Record<Way["to"], Tone>> = { again: "go", look: "look", stop: "stop" };

function linesOf({ cases }: Group): readonly string[] {
  const lines = cases
    .slice(0, named)
    .flatMap((one) => wrapped(nameOf(one), left.width - 20, 11, 2));
  const rest = cases.length - named;
  // No number, so that two branches which add a failure each merge.
  return rest > 0 ? [...lines, "and others"] : lines;
}

function nameOf({ of }: Case): string {
  if ("transport" in of) return `No answer: ${of.transport.name}`;
  return of.operation === null ? of.entry.title : `${of.entry.title}, after ${of.operation.name}`;
}

function pillText({ who, to }: Way, { rule }: Group): readonly string[] {
  const lines = who === null ? [] : [`a ${who}`.replace("a other", "any other")];
  if (to === "again") lines.push(...timing(rule as ResendRule));
  return lines.flatMap((line) => wrapped(line, right.width - 20, 10.5, 3));
}

function timing(rule: ResendRule): readonly string[] {
  const [first] = waitsOf(rule, "shortest");
  const isTimed = rule.data.delay !== undefined && first !== undefined;
  const { data } = rule;
  if (data.verdict === "after" && !isTimed)
    return [`after ${data.before[0]!.do}`, `${attemptsOf(rule)} times in all`];
  return [isTimed ? `after ${spell(first)}` : "at once", `${attemptsOf(rule)} times in all`];
}

/** The whole picture in a sentence for each kind. */
function inWords(api: Api, groups: readonly Group[]): string {
  return groups
    .slice(0, drawn)
    .map((group) => {
      const ways = waysOf(api, group.rule, group.outcome).map(
        ({ who, to }) => (who === null ? "" : `${who}: `) + verbs[to].toLowerCase(),
      );
      return `${happened[group.outcome]}: ${ways.join("; ")}.`;
    })
    .join(" ");
}
