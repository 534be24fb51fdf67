/** What the commands share in how they are typed. */
import { type Command, InvalidArgumentError, Option } from "commander";

/** Adds a command to the program. Each file of a command exports one. */
export type Register = (program: Command, exits: Exits) => void;

/** Makes an action of what gives an exit code. */
export type Exits = <A extends readonly unknown[]>(
  run: (...args: A) => number | Promise<number>,
) => (...args: A) => Promise<void>;

export const catalogOption = (): Option =>
  new Option(
    "-c, --catalog <path>",
    "the manifest or its folder; default: the nearest catalog/catalog.yaml, here or above",
  );

/** `--format` of a command that answers a question. */
export const answerOption = (): Option =>
  new Option("--format <format>", "output format").choices(["pretty", "json"]).default("pretty");

export function apiId(text: string): string {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 80) return text;
  throw new InvalidArgumentError("It must be in kebab-case, such as my-shop.");
}
