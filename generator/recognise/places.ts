/** Places and conditions of the model as the runtime has them. */
import { hasStar, steps } from "../match/pointer.js";
import type { Condition as ConditionModel, Location } from "../model/channel.js";
import type { Condition } from "../runtime/conditions.js";
import type { Place } from "../runtime/places.js";

export function conditionData({ at, header, test }: ConditionModel): Condition {
  return [header ?? steps(at!), test];
}

/** A place of a channel; a code's header may hold several. */
export function placeData({ at, header, after, before, when }: Location, isCode = false): Place {
  if (header === null && after === null && before === null && when.length === 0 && !hasStar(at!))
    return steps(at!);
  return {
    ...(header === null ? { at: steps(at!) } : { header }),
    ...(header !== null && isCode ? { list: true } : {}),
    ...(after === null ? {} : { after }),
    ...(before === null ? {} : { before }),
    ...(when.length === 0 ? {} : { when: when.map(conditionData) }),
  };
}

/** A list under its key; nothing for an empty one. */
export function list<T>(key: string, values: readonly T[]): object {
  return values.length === 0 ? {} : { [key]: values };
}
