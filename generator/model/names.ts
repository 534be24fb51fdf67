/** Names in the words of the language, which are in kebab-case, as other words. */

/** `too-many-requests` as `TooManyRequests`. */
export function pascal(kebab: string): string {
  return kebab.replace(/(?:^|-)([a-z0-9])/g, (_, c: string) => c.toUpperCase());
}

/** `too-many-requests` as `Too many requests`. */
export function title(kebab: string): string {
  const words = kebab.replace(/-/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
