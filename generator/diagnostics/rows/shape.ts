/** What the tool says about shapes. */
import { error } from "../row.js";

export const shape = {
  "shape/contradiction": error(
    "No body can have both forms, so nothing would ever fit this shape or the entries recognised by it.",
    (p: { pointer: string; problem: string }) => ({
      says: `${p.pointer === "" ? "The whole body" : p.pointer} is ${p.problem}.`,
      help: "a name in a pointer makes an object, and * an array; only the end of a pointer has a type.",
    }),
  ),
};
