/** The life of a call: from the first request over its answers to an end that is known. */
import { spell } from "../../../model/durations.js";
import { attemptsOf, retries, writes } from "../../../recognise/uses.js";
import type { Api } from "../../../sections/catalog.js";
import type { Picture } from "./index.js";
import {
  type Box,
  box,
  drawing,
  type Shape,
  type Tone,
  width,
  wire,
  words,
  wrapped,
} from "./svg.js";

interface Step {
  readonly head: string;
  readonly says: string;
  readonly tone: Tone;
}

/** The steps one after the other, and further in those of which one follows. */
const [outer, inner] = [16, 48];
const end = width - 24;

export const callPicture: Picture = {
  name: "call",
  title: ({ title }) =>
    `The life of a call to the ${title}, from the first request to an end that is known.`,
  draw: ({ api }) => {
    if (retries(api).length === 0 && writes(api).length === 0) return null;
    const placed = placedSteps(stepsOf(api));
    const [send, read] = placed as [Placed, Placed];
    const branches = placed.slice(2);
    const trunk = outer + 16;
    const last = middleOf(branches.at(-1)!);
    const again = branches.find(({ step }) => step.tone === "go");
    return drawing(
      {
        title: `The life of a call to the ${api.title}`,
        description: placed.map(({ step }) => `${step.head}: ${step.says}`).join(" "),
        height: branches.at(-1)!.box.y + branches.at(-1)!.box.height + 16,
      },
      [
        wire([
          [width / 2, read.box.y - gap],
          [width / 2, read.box.y - 2],
        ]),
        wire(
          [
            [trunk, read.box.y + read.box.height],
            [trunk, last],
          ],
          false,
        ),
        ...branches.map((one) =>
          wire([
            [trunk, middleOf(one)],
            [inner - 2, middleOf(one)],
          ]),
        ),
        ...(again === undefined
          ? []
          : [
              wire([
                [end, middleOf(again)],
                [width - 10, middleOf(again)],
                [width - 10, middleOf(send)],
                [end + 2, middleOf(send)],
              ]),
            ]),
        ...placed.flatMap(shapesOf),
      ],
    );
  },
};

interface Placed {
  readonly step: Step;
  readonly box: Box;
  readonly lines: readonly string[];
}

const gap = 18;

function placedSteps(steps: readonly Step[]): readonly Placed[] {
  let y = 16;
  return steps.map((step, i) => {
    const x = i < 2 ? outer : inner;
    const lines = wrapped(step.says, end - x - 24, 11, 5);
    const box = { x, y, width: end - x, height: 30 + 14 * lines.length };
    y += box.height + gap;
    return { step, box, lines };
  });
}

function middleOf({ box }: Placed): number {
  return box.y + box.height / 2;
}

function shapesOf({ step: { head, tone }, box: place, lines }: Placed): readonly Shape[] {
  const { x, y } = place;
  return [
    box(place, `pill ${tone}`, 8),
    words(head, { x: x + 12, y: y + 19, look: `strong toned ${tone}` }),
    ...lines.map((line, i) => words(line, { x: x + 12, y: y + 35 + 14 * i, size: 11 })),
  ];
}

/** The same as the picture, for a page to say in words. */
export function stepsOf(api: Api): readonly Step[] {
  const again = retries(api);
  const most = Math.max(1, ...again.map(attemptsOf));
  const keyed = writes(api).find(({ idempotency }) => idempotency !== null)?.idempotency ?? null;
  const looked = writes(api).filter(({ lookup }) => lookup !== null);
  const settled = looked.flatMap(({ look }) => look?.settleMs ?? []);
  const key =
    keyed === null
      ? "Without a key that the vendor knows, a second copy of a write may be a second write."
      : `A write carries its key${keyed.windowMs === null ? "" : `, which is remembered for ${spell(keyed.windowMs)}`}.`;
  return [
    { head: "Send", says: `Each attempt is counted before it leaves. ${key}`, tone: "plain" },
    {
      head: "Read the answer",
      says: "The body counts before the status. No answer at all is a failure as well, and does not say what happened.",
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
      head: "Or look it up",
      says:
        looked.length === 0
          ? "What is unknown is looked up. The catalog has no look-up for a write of this API, so a person does it."
          : `What is unknown is looked up with ${[...new Set(looked.map(({ lookup }) => lookup!.name))].join(" or ")}${settled.length === 0 ? "" : `. Only ${spell(Math.max(...settled))} after the last copy does its absence prove anything`}.`,
      tone: "look",
    },
    {
      head: "Or stop",
      says: "The end is known, or a person is told that it is not.",
      tone: "stop",
    },
  ];
}
