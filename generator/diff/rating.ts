/** How grave a difference is, for code that compiles against the package and for what that code then does. */

export interface Rating {
  /** `breaks`: code that names this no longer compiles. `adds`: there is something new to name. */
  readonly compile: "breaks" | "adds" | "none";
  /**
   * `changes`: a body that arrives is taken for something else, or is answered otherwise. `adjusts`: the same answer with
   * other numbers, or a body that nothing took before.
   */
  readonly behaviour: "changes" | "adjusts" | "none";
}

/** By semantic versioning. */
export type Level = "major" | "minor" | "patch";

export const levels: readonly Level[] = ["patch", "minor", "major"];

/** Major is what breaks or changes anything, minor what adds or adjusts, patch the rest: words, citations, examples. */
export function levelOf({ compile, behaviour }: Rating): Level {
  if (compile === "breaks" || behaviour === "changes") return "major";
  return compile === "adds" || behaviour === "adjusts" ? "minor" : "patch";
}

export const isAtLeast = (level: Level, least: Level): boolean =>
  levels.indexOf(level) >= levels.indexOf(least);

export const words: Rating = { compile: "none", behaviour: "none" };
export const added: Rating = { compile: "adds", behaviour: "adjusts" };
export const adjusted: Rating = { compile: "none", behaviour: "adjusts" };
export const changed: Rating = { compile: "none", behaviour: "changes" };
export const retyped: Rating = { compile: "breaks", behaviour: "none" };
export const broken: Rating = { compile: "breaks", behaviour: "changes" };
