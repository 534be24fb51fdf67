/** Completion for zsh. */
import { quoted, type Typed, type Word } from "./words.js";

export function zsh(commands: readonly Typed[]): string {
  const described = (list: readonly Word[]): string =>
    list.map(({ word, says }) => quoted(`${word.replace(/:/g, "\\:")}:${says}`)).join(" ");
  const values = commands.flatMap(({ word, values }) =>
    [...values].map(([option, choices]) => {
      const follow =
        choices.length === 0 ? "_files" : `compadd -- ${choices.map(quoted).join(" ")}`;
      return `    ${quoted(`${word} ${option}`)}) ${follow}; return ;;`;
    }),
  );
  const rest = commands.flatMap(({ word, options, choices }) => {
    const follow = choices.length === 0 ? "_files" : `compadd -- ${choices.map(quoted).join(" ")}`;
    return [
      `    ${quoted(word)})`,
      `      if [[ "$PREFIX" == -* ]]; then words_=(${described(options)}); _describe option words_`,
      `      else ${follow}; fi ;;`,
    ];
  });
  return `#compdef errata
# Completion of errata for zsh, after compinit: eval "$(errata completion zsh)"
_errata() {
  local -a words_
  if (( CURRENT == 2 )); then
    words_=(${described(commands)})
    _describe command words_
    return
  fi
  case "\${words[2]} \${words[CURRENT-1]}" in
${values.join("\n")}
  esac
  case "\${words[2]}" in
${rest.join("\n")}
  esac
}
compdef _errata errata
`;
}
