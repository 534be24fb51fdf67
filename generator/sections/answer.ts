/** The entry that comes back beyond a limit, under an open breaker and the like. */
import type { Entry } from "../model/entry.js";
import { prose, type Prose } from "../model/prose.js";
import type { Draft } from "../model/trace.js";
import type { Item } from "../resolve/item.js";
import type { Scope } from "../resolve/section.js";

export function linkAnswer(
  node: Draft<{ readonly answer: Entry | null }>,
  item: Item<{ readonly answer?: string }>,
  scope: Scope,
): void {
  const { answer } = item.value;
  if (answer !== undefined) node.answer = scope.entry(answer, item.at("answer"));
}

export function answered(answer: Entry | null): readonly Prose[] {
  return answer === null ? [] : [prose`The response is then ${{ entry: answer }}`];
}
