/** Responses to tell apart: with known codes, with known messages and with neither, the same on every run. */
import { type Entry, messageOf } from "./synthetic.js";

export interface Body {
  readonly code?: string;
  readonly message: string;
}

export interface Input {
  readonly id: string;
  readonly response: { readonly status: number; readonly body: Body };
}

/** The id of what nobody knows. */
export const unknown = "bench.unknown";

/** The same numbers on every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** So many responses. Of twenty, sixteen have a known code, three a known message, and one has neither. */
export function responses(list: readonly Entry[], inputs: number): readonly Input[] {
  const next = random(1);
  const coded = list.filter(({ code }) => code !== null);
  const worded = list.filter(({ code }) => code === null);
  const pick = (from: readonly Entry[]): Entry => from[next(from.length)]!;
  const made = Array.from({ length: inputs }, (_, i): Input & { at: number } => {
    const at = next(2 ** 20);
    const amounts = [`${next(9000)}.50`, ["USD", "EUR", "USDT"][next(3)]!, `${next(9000)}`];
    const kind = i % 20;
    if (kind < 16) {
      const { id, code } = pick(coded);
      return { id, at, response: answer({ code: code!, message: "Request failed" }) };
    }
    if (kind < 19) {
      const entry = pick(worded);
      return { id: entry.id, at, response: answer({ message: messageOf(entry, amounts) }) };
    }
    const message = `order ${next(list.length)} vanished: ${amounts.join(" ")}`;
    const body = i % 40 < 20 ? { code: `9${next(10_000)}x`, message } : { message };
    return { id: unknown, at, response: answer(body) };
  });
  return made.sort((a, b) => a.at - b.at);
}

/** A response as fetch gives it: its texts are its own. */
function answer(body: Body): Input["response"] {
  return { status: 400, body: JSON.parse(JSON.stringify(body)) as Body };
}
