/** What decoders call the values that they read. */
import { isMoment, isWaitForm } from "../runtime/waits.js";

/** The property of a field or a placeholder: a wait is in milliseconds and says so, and a moment in those since 1970. */
export function propertyOf(name: string, type: string): string {
  if (!isWaitForm(type)) return name;
  return isMoment(type) ? `${name}At` : `${name}Ms`;
}
