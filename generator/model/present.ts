/** Objects that leave out what there is nothing to say of. */

export type Present<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The properties that have a value. */
export function present<T extends object>(properties: T): Present<T> {
  const known = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Present<T>;
}
