/** The life of a call: from the first request over its answers to an end that is known. */
import { spell } from "../../../model/durations.js";
import { attemptsOf, retries, writes } from "../../../recognise/uses.js";
import type { Api } from "../../../sections/catalog.js";
import type { Picture } from "./index.js";
import { box, drawing, type Shape, type Tone, width, wire, words, wrapped } from "./svg.js";

interface Step {
  readonly head: string;
  readonly says: string;
  readonly tone: Tone;
}

const column = { x: 44, width: width - 44 - 16 };

export const callPicture: Picture = {
  name: "call",
  title: ({ title }) =>
    `The life of a call to the ${title}, from the first request to an end that is known.`,
  draw: (api) => {
    if (retries(api).length === 0 && writes(api).length === 0) return null;
    const steps = stepsOf(api);
    let y = 16;
    const tops: number[] = [];
    const shapes = steps.flatMap(({ head, says, tone }, i): readonly Shape[] => {
      const lines = wrapped(says, column.width - 24, 11, 5);
      const height = 30 + 14 * lines.length;
      const top = y;
      tops.push(top);
      y += height + 18;
      return [
        box({ ...column, y: top, height }, `pill ${tone}`, 8),
        words(head, { x: column.x + 12, y: top + 19, look: `strong toned ${tone}` }),
        ...lines.map((line, j) =>
          words(line, { x: column.x + 12, y: top + 35 + 14 * j, size: 11 }),
        ),
        ...(i === 0
          ? []
          : [
              wire([
                [column.x + 40, top - 17],
                [column.x + 40, top - 2],
              ]),
            ]),
      ];
    });
    const again = tops[steps.findIndex(({ head }) => head === "Send again")];
    if (again !== undefined)
      shapes.push(
        wire([
          [column.x, again + 15],
          [20, again + 15],
          [20, tops[0]! + 15],
          [column.x - 2, tops[0]! + 15],
        ]),
      );
    return drawing(
      {
        title: `The life of a call to the ${api.title}`,
        description: steps.map(({ head, says }) => `${head}: ${says}`).join(" "),
        height: y,
      },
      shapes,
    );
  },
};

/** The same as the picture, for a page to say in words. */
export function stepsOf(api: Api): readonly Step[] {
  const again = retries(api);
  const most = Math.max(1, ...again.map(attemptsOf));
  const keyed = writes(api).find(({ idempotency }) => idempotency !== null)?.idempotency ?? null;
  const looked = writes(api).filter(({ lookup }) => lookup !== null);
  const settled = looked.flatMap(({ look }) => look?.settleMs ?? []);
  const key =
    keyed === null
      ? "Without a key that the vendor knows, a second copy of a write would be a second write."
      : `A write carries its key${keyed.windowMs === null ? "" : `, which is remembered for ${spell(keyed.windowMs)}`}.`;
  return [
    { head: "Send", says: `Each attempt is counted before it leaves. ${key}`, tone: "plain" },
    {
      head: "Read the answer",
      says: "The body counts before the status. No answer at all is a failure, too, and says nothing of what happened.",
      tone: "plain",
    },
    ...(again.length === 0
      ? []
      : [
          {
            head: "Send again",
            says: `Only after a proof that nothing was executed, or under a key by which the vendor would notice the copy. At most ${most} requests in all, by the most patient rule.`,
            tone: "go" as const,
          },
        ]),
    {
      head: "Look it up",
      says:
        looked.length === 0
          ? "What is unknown is looked up. The catalog has no look-up for a write of this API, so a person does it."
          : `What is unknown is looked up with ${[...new Set(looked.map(({ lookup }) => lookup!.name))].join(" or ")}${settled.length === 0 ? "" : `. Only ${spell(Math.max(...settled))} after the last copy does its absence prove anything`}.`,
      tone: "look",
    },
    { head: "Stop", says: "The end is known, or a person is told that it is not.", tone: "stop" },
  ];
}
