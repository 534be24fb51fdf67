/** Completion for bash, 3.2 or newer. */
import { quoted, type Typed } from "./words.js";

export function bash(commands: readonly Typed[]): string {
  const words = (list: readonly string[]): string => quoted(list.join(" "));
  const values = commands.flatMap(({ word, values }) =>
    [...values].map(
      ([option, choices]) => `    ${quoted(`${word} ${option}`)}) words=${words(choices)} ;;`,
    ),
  );
  const options = commands.map(
    ({ word, options }) =>
      `      ${quoted(word)}) words=${words(options.map((one) => one.word))} ;;`,
  );
  const choices = commands
    .filter((one) => one.choices.length > 0)
    .map((one) => `      ${quoted(one.word)}) words=${words(one.choices)} ;;`);
  return `# Completion of errata for bash: eval "$(errata completion bash)"
_errata() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${words(commands.map((one) => one.word))} -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD-1]}" in
${values.join("\n")}
    *) case "$current" in
    -*) case "\${COMP_WORDS[1]}" in
${options.join("\n")}
      esac ;;
    *) case "\${COMP_WORDS[1]}" in
${choices.join("\n")}
      esac ;;
    esac ;;
  esac
  # Without words, what is typed is the name of a file.
  if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$current")); fi
}
complete -o default -F _errata errata
`;
}
