/** The attempts of each rule that sends again, on a line of time that is drawn to scale. */
import { spell } from "../../../model/durations.js";
import { attemptsOf, type ResendRule, retries, waitsOf } from "../../../recognise/uses.js";
import type { Api } from "../../../sections/catalog.js";
import type { Picture } from "./index.js";
import { box, dot, drawing, type Shape, width, wire, words, widthOf } from "./svg.js";

const margin = 20;
const lane = 72;
const drawn = 12;

export const waitsPicture: Picture = {
  name: "waits",
  title: ({ title }) =>
    `When the ${title} is asked again by each retry rule, to scale. The list below says the same.`,
  draw: ({ api }) => {
    const rules = scheduled(api);
    if (rules.length === 0) return null;
    const shapes = rules.flatMap((rule, i) => laneOf(rule, api, 16 + i * lane));
    const y = 16 + rules.length * lane;
    return drawing(
      {
        title: `When each retry rule of the ${api.title} sends again`,
        description: rules.map((rule) => inWords(rule)).join(" "),
        height: y + 28,
      },
      [
        ...shapes,
        dot(margin, y + 8, "go"),
        words("sent at the soonest", { x: margin + 9, y: y + 12, size: 10.5, look: "soft" }),
        box({ x: margin + 132, y: y + 2, width: 24, height: 12 }, "band go", 2),
        words("up to here, with jitter", { x: margin + 162, y: y + 12, size: 10.5, look: "soft" }),
      ],
    );
  },
};

/** The rules that wait, each with its times since the first attempt. */
export function scheduled(api: Api): readonly ResendRule[] {
  return retries(api)
    .filter((rule) => waitsOf(rule, "shortest").some((ms) => ms > 0))
    .slice(0, drawn);
}

function timesOf(rule: ResendRule): readonly number[] {
  let total = 0;
  return [0, ...waitsOf(rule, "shortest").map((ms) => (total += ms))];
}

function laneOf(rule: ResendRule, api: Api, y: number): readonly Shape[] {
  const times = timesOf(rule);
  const jitter = rule.data.jitterMs ?? 0;
  const end = times.at(-1)! + jitter * (times.length - 1);
  const deadline = api.deadlines.find(({ name }) => name === rule.data.deadline)?.defaultMs ?? null;
  const isShown = deadline !== null && deadline <= end * 4;
  const last = Math.max(end, isShown ? deadline : 0);
  const scale = (width - 2 * margin) / last;
  const axis = y + 40;
  return [
    words(rule.name, { x: margin, y: y + 14, look: "strong" }),
    words(`${attemptsOf(rule)} requests at most`, {
      x: width - margin,
      y: y + 14,
      size: 10.5,
      look: "soft",
      anchor: "end",
    }),
    wire(
      [
        [margin, axis],
        [width - margin, axis],
      ],
      false,
    ),
    ...times.flatMap((ms, i) =>
      i === 0 || jitter === 0
        ? []
        : [
            box(
              { x: margin + ms * scale, y: axis - 6, width: jitter * i * scale, height: 12 },
              "band go",
              2,
            ),
          ],
    ),
    ...times.map((ms) => dot(margin + ms * scale, axis, "go")),
    ...(isShown
      ? [
          box(
            { x: margin + deadline * scale - 1, y: axis - 10, width: 2, height: 20 },
            "mark stop",
            1,
          ),
        ]
      : []),
    ...labels(times, isShown ? deadline : null, scale, axis + 19),
  ];
}

/** The times below their marks, without those that would overlap; the deadline is always there. */
function labels(
  times: readonly number[],
  deadline: number | null,
  scale: number,
  y: number,
): readonly Shape[] {
  const at = (ms: number, label: string, look: string) => {
    const half = widthOf(label, 10.5) / 2;
    const x = Math.min(Math.max(margin + ms * scale, margin + half - 4), width - margin - half + 4);
    return {
      from: x - half,
      to: x + half,
      shape: words(label, { x, y, size: 10.5, look, anchor: "middle" }),
    };
  };
  const end = deadline === null ? null : at(deadline, `deadline ${spell(deadline)}`, "toned stop");
  let free = 0;
  const shown = times.flatMap((ms) => {
    const label = at(ms, ms === 0 ? "0" : spell(ms), "soft");
    if (label.from < free || (end !== null && label.to > end.from)) return [];
    free = label.to + 4;
    return [label.shape];
  });
  return end === null ? shown : [...shown, end.shape];
}

function inWords(rule: ResendRule): string {
  const [, ...again] = timesOf(rule);
  return `${rule.name}: again ${again.map((ms) => `${spell(ms)}`).join(", ")} after the first request at the soonest.`;
}
