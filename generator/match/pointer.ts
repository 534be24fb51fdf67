/** JSON pointers (RFC 6901). */

/** The keys on the way, unescaped. The empty pointer has none. */
export function steps(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"));
}

/** The pointer of such keys. */
export function pointerOf(steps: readonly string[]): string {
  return steps.map((step) => `/${escapeStep(step)}`).join("");
}

/** Whether a pointer goes through every item of a list. */
export function hasStar(pointer: string): boolean {
  return pointer.split("/").includes("*");
}

/** A key as a step of a pointer. */
export function escapeStep(key: string): string {
  return key.replace(/~/g, "~0").replace(/\//g, "~1");
}
