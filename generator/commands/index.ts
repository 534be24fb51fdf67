/** The commands. A new one is a file that exports `register`, and a line here. */
import { inspect } from "node:util";
import { Command, CommanderError } from "commander";
import { version } from "../read/version.js";
import type { Exits, Register } from "./options.js";
import { complain } from "./terminal.js";

/** In the order of the help. Only the one that is typed is loaded. */
const commands: Readonly<Record<string, () => Promise<{ readonly register: Register }>>> = {
  init: () => import("./init.js"),
  import: () => import("./import.js"),
  generate: () => import("./generate.js"),
  check: () => import("./check.js"),
  list: () => import("./list.js"),
  explain: () => import("./explain.js"),
  decode: () => import("./decode.js"),
  diff: () => import("./diff.js"),
  verify: () => import("./verify.js"),
  completion: () => import("./completion.js"),
};

export const names = Object.keys(commands);

/** Runs what was typed after `errata`, and gives the exit code. */
export async function run(typed: readonly string[]): Promise<number> {
  let code = 0;
  const exits: Exits =
    (action) =>
    async (...args) => {
      code = await action(...args);
    };
  try {
    const [name = ""] = typed;
    const program = await programWith(names.includes(name) ? [name] : names, exits);
    await program.parseAsync(typed, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    complain("errata: internal error. This is not a problem with your catalog. Please report it.");
    complain(inspect(error));
    return 3;
  }
}

/** A program with some of the commands; without `exits` it is only looked at. */
export async function programWith(
  some: readonly string[],
  exits: Exits = () => async () => {},
): Promise<Command> {
  const program = new Command("errata")
    .description("Turns a catalog of errors into a typed package, JSON Schemas and reference docs.")
    .version(version)
    .showHelpAfterError("(npx errata --help shows every command)")
    .exitOverride()
    .configureOutput({ writeErr: (text) => complain(text.trimEnd()) })
    .addHelpText(
      "after",
      "\nExit codes: 0 fine, 1 findings or drift, 2 wrong use, 3 internal error.",
    );
  for (const name of some) (await commands[name]!()).register(program, exits);
  for (const command of program.commands)
    command.showHelpAfterError(`(npx errata ${command.name()} --help shows its options)`);
  return program;
}
