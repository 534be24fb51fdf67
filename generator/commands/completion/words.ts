/** What can be typed, from the commands' own description of themselves. */
import type { Command, Option } from "commander";

/** A word, and what it is for. */
export interface Word {
  readonly word: string;
  readonly says: string;
}

export interface Typed extends Word {
  /** Its options, short and long. */
  readonly options: readonly Word[];
  /** What may follow an option that takes a value: its choices; none where it is a file or a free text. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** The choices of its first argument. */
  readonly choices: readonly string[];
}

export function typedOf({ commands }: Command): readonly Typed[] {
  return commands.map((command) => {
    const { options } = command;
    const { registeredArguments } = command;
    return {
      word: command.name(),
      says: command.description(),
      options: options.flatMap((one) =>
        namesOf(one).map((word) => ({ word, says: one.description })),
      ),
      values: new Map(
        options
          .filter(({ required, optional }) => required || optional)
          .flatMap((one) => namesOf(one).map((name) => [name, one.argChoices ?? []])),
      ),
      choices: registeredArguments[0]?.argChoices ?? [],
    };
  });
}

function namesOf({ short, long }: Option): readonly string[] {
  return [short, long].filter((name) => name !== undefined);
}

/** A text that a shell takes as it is. */
export function quoted(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}
