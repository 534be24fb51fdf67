/** Completion for fish. */
import { type Typed } from "./words.js";

export function fish(commands: readonly Typed[]): string {
  const lines = commands.flatMap(({ word, says, options, values, choices }) => {
    const within = `complete -c errata -n ${quoted(`__fish_seen_subcommand_from ${word}`)}`;
    return [
      `complete -c errata -f -n __fish_use_subcommand -a ${quoted(word)} -d ${quoted(says)}`,
      ...options.map(({ word: option, says }) => {
        const name = option.startsWith("--") ? `-l ${option.slice(2)}` : `-s ${option.slice(1)}`;
        const follow = values.get(option);
        const takes =
          follow === undefined
            ? ""
            : follow.length === 0
              ? " -r -F"
              : ` -r -f -a ${quoted(follow.join(" "))}`;
        return `${within} ${name}${takes} -d ${quoted(says)}`;
      }),
      ...(choices.length === 0 ? [] : [`${within} -f -a ${quoted(choices.join(" "))}`]),
    ];
  });
  return `# Completion of errata for fish: errata completion fish | source\n${lines.join("\n")}\n`;
}

/** Unlike other shells, fish has escapes between single quotes. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
