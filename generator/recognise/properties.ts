/** What decoders call the values that they read. */

/** The property of a field or a placeholder: durations are in milliseconds and say so. */
export function propertyOf(name: string, type: string): string {
  return type === "duration" ? `${name}Ms` : name;
}
