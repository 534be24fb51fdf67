/** Code that recognises one failure, to be copied. It has one free name: the response, frame or orders that it is given. */
import type { Entry } from "../../model/entry.js";
import { propertyOf } from "../../recognise/properties.js";
import type { Book } from "./book.js";

/** The code for a failure; `null` for a success, or for one that nothing decodes any more. */
export function snippetOf(entry: Entry, { api, symbols, packageName }: Book): string | null {
  const guard = symbols.guard(api, entry);
  if (guard === null || entry.removed !== null) return null;
  const { channel } = entry.match;
  const { decode } = symbols.channel(api, channel);
  const names = fieldsOf(entry);
  const take = (failure: string): readonly string[] =>
    names.length === 0
      ? [`console.log(${failure}.text);`]
      : [`const { ${names.join(", ")} } = ${failure}.fields;`, `console.log(${names.join(", ")});`];
  const head = `import { ${decode}, ${guard} } from "${packageName}/${api.id}";`;
  const indented = (lines: readonly string[], by: string): readonly string[] =>
    lines.map((one) => by + one);
  const lines =
    channel.kind === "items"
      ? [
          `for (const item of ${decode}(sent, response).items.values())`,
          `  if (item.is === "declined" && ${guard}(item.failure)) {`,
          ...indented(take("item.failure"), "    "),
          "  }",
        ]
      : [
          `const reply = ${decode}(${channel.kind === "socket" ? "frame" : "response"});`,
          `if (!reply.ok && ${guard}(reply.failure)) {`,
          ...indented(take("reply.failure"), "  "),
          "}",
        ];
  return [head, "", ...lines].join("\n");
}

/** Whether there is anything to read from it besides its text. */
export function hasFields(entry: Entry): boolean {
  return fieldsOf(entry).length > 0;
}

/** The properties of its fields and placeholders, as far as they can be names of variables. */
function fieldsOf({ match, fields }: Entry): readonly string[] {
  const placeholders = match.messages.flatMap(({ parts }) =>
    parts.flatMap((part) => (typeof part === "string" ? [] : [propertyOf(part[0], part[1])])),
  );
  const names = [...placeholders, ...fields.map(({ name, type }) => propertyOf(name, type))];
  return [...new Set(names)].filter((name) => !reserved.test(name));
}

/** What no variable may be called beside the other names of the code. */
const reserved =
  /^(?:item|sent|reply|response|frame|console|arguments|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|undefined|var|void|while|with|yield)$/;
