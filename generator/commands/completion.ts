/** `errata completion`: what a shell needs to complete what is typed, made from the commands themselves. */
import { Argument } from "commander";
import { bash } from "./completion/bash.js";
import { fish } from "./completion/fish.js";
import { typedOf } from "./completion/words.js";
import { zsh } from "./completion/zsh.js";
import type { Register } from "./options.js";
import { print } from "./terminal.js";

const shells = { bash, zsh, fish };

export const register: Register = (program, exits) =>
  void program
    .command("completion")
    .description("print what a shell needs to complete commands and options")
    .addArgument(new Argument("<shell>", "which shell").choices(Object.keys(shells)))
    .addHelpText(
      "after",
      `
In ~/.bashrc:                  eval "$(errata completion bash)"
In ~/.zshrc, after compinit:   eval "$(errata completion zsh)"
In ~/.config/fish/config.fish: errata completion fish | source`,
    )
    .action(
      exits(async (shell: keyof typeof shells) => {
        const { programWith, names } = await import("./index.js");
        print(shells[shell](typedOf(await programWith(names))).trimEnd());
        return 0;
      }),
    );
