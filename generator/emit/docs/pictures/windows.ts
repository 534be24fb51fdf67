/** How much a limit allows in its window, and how long keys and orders last: each on a line of time, drawn to scale. */
import { spell } from "../../../model/durations.js";
import type { Api } from "../../../sections/catalog.js";
import type { Picture } from "./index.js";
import { box, dot, drawing, type Shape, width, wire, words, wrapped } from "./svg.js";

const margin = 20;
const room = width - 2 * margin;
const drawn = 12;

interface Lane {
  readonly name: string;
  readonly about: string;
  draw(y: number): readonly Shape[];
}

export const windowsPicture: Picture = {
  name: "windows",
  title: ({ title }) =>
    `The limits and windows of the ${title}, to scale. The sections below say the same.`,
  draw: ({ api }) => {
    const lanes = lanesOf(api).slice(0, drawn);
    if (lanes.length === 0) return null;
    let y = 12;
    const shapes: Shape[] = [];
    for (const lane of lanes) {
      const about = wrapped(lane.about, room, 11, 3);
      shapes.push(
        words(lane.name, { x: margin, y: y + 14, look: "strong" }),
        ...about.map((line, i) =>
          words(line, { x: margin, y: y + 30 + 14 * i, size: 11, look: "soft" }),
        ),
        ...lane.draw(y + 36 + 14 * about.length),
      );
      y += 36 + 14 * about.length + 42;
    }
    return drawing(
      {
        title: `The limits and windows of the ${api.title}`,
        description: lanes.map(({ name, about }) => `${name}: ${about}`).join(" "),
        height: y,
      },
      shapes,
    );
  },
};

function lanesOf({ limits, idempotency, deadlines }: Api): readonly Lane[] {
  return [
    ...limits.map(({ name, count, perMs, of }): Lane => {
      const counted = of === "weight" ? `a weight of ${count}` : `${count} ${of}`;
      return perMs === null
        ? { name, about: `${counted} at once.`, draw: (y) => atOnce(count, y) }
        : {
            name,
            about: `${counted} in any ${spell(perMs)}. After a burst of them, the next one has room when the window has passed.`,
            draw: (y) =>
              span(y, perMs, 2 * perMs, {
                filled: perMs,
                tone: "stop",
                marks: [[perMs, "room again"]],
              }),
          };
    }),
    ...idempotency.flatMap(({ name, windowMs, slackMs }): Lane[] =>
      windowMs === null
        ? []
        : [
            {
              name,
              about: `A key is remembered for ${spell(windowMs)}${slackMs === null ? "" : `, and relied on until ${spell(windowMs - slackMs)}`}.`,
              draw: (y) =>
                span(y, windowMs, windowMs * 1.25, {
                  filled: windowMs - (slackMs ?? 0),
                  tone: "go",
                  marks: [[windowMs, "forgotten"]],
                }),
            },
          ],
    ),
    ...deadlines.flatMap(({ name, defaultMs, maxMs }): Lane[] =>
      defaultMs === null
        ? []
        : [
            {
              name,
              about: `Ends after ${spell(defaultMs)} unless the request says otherwise${maxMs === null ? "" : `, and after ${spell(maxMs)} at the latest`}.`,
              draw: (y) =>
                span(y, defaultMs, defaultMs * 1.25, {
                  filled: defaultMs,
                  tone: "look",
                  marks: [[defaultMs, "ends"]],
                }),
            },
          ],
    ),
  ];
}

interface Span {
  readonly filled: number;
  readonly tone: "go" | "look" | "stop";
  readonly marks: readonly (readonly [ms: number, label: string])[];
}

/** A line from 0 to `last`, of which a window is outlined and the part that counts is filled. */
function span(
  y: number,
  window: number,
  last: number,
  { filled, tone, marks }: Span,
): readonly Shape[] {
  const scale = room / last;
  return [
    box({ x: margin, y, width: window * scale, height: 14 }, `pill ${tone}`, 3),
    box({ x: margin, y, width: filled * scale, height: 14 }, `band ${tone}`, 3),
    wire([
      [margin, y + 14],
      [width - margin, y + 14],
    ]),
    words("0", { x: margin, y: y + 28, size: 10.5, look: "soft" }),
    ...marks.map(([ms, label]) =>
      words(`${spell(ms)}: ${label}`, {
        x: margin + ms * scale,
        y: y + 28,
        size: 10.5,
        look: "soft",
        anchor: "middle",
      }),
    ),
  ];
}

/** A dot for each that may be open; those that do not fit into a line are a number. */
function atOnce(count: number, y: number): readonly Shape[] {
  const shown = Math.min(count, 24);
  const rest = count - shown;
  return [
    ...Array.from({ length: shown }, (_, i) => dot(margin + 5 + i * 12, y + 7, "look")),
    ...(rest > 0
      ? [words(`+${rest}`, { x: margin + 5 + shown * 12, y: y + 11, size: 10.5, look: "soft" })]
      : []),
  ];
}
