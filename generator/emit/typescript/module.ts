/** Modules: their imports from what their statements use, and the statements below. */
import { posix } from "node:path";
import type {
  ExportDeclarationStructure,
  ImportDeclarationStructure,
  StatementStructures,
} from "ts-morph";
import { compare } from "../../diagnostics/order.js";
import type { OutputFile } from "../../model/output-file.js";
import { type Fragment, printed, type Use } from "./fragment.js";
import { morph } from "./ts-morph.js";

/** A declaration, or the names that a module passes on. */
export type Statement = Fragment | Reexport;

interface Reexport {
  readonly from: string;
  readonly names: readonly Exported[];
}

interface Exported {
  readonly name: string;
  readonly isType: boolean;
}

/** `export { names } from`, or everything where no name is given; types are `type Name`. */
export function reexport(from: string, names: readonly string[] = []): Statement {
  return {
    from,
    names: names.map((name) => ({
      name: name.replace(/^type /, ""),
      isType: name.startsWith("type "),
    })),
  };
}

const { IndentationText, Project, StructureKind } = morph;

const project = new Project({
  useInMemoryFileSystem: true,
  skipLoadingLibFiles: true,
  manipulationSettings: { indentationText: IndentationText.TwoSpaces },
});

/** What a module uses: by the module that it comes from, and by name. */
type Uses = Map<string, Map<string, Use>>;

/** A module of the sources, such as `shop/decode`. Each statement is printed as it comes: a tree of code is large. */
export function moduleFile(
  name: string,
  origin: string,
  statements: Iterable<Statement>,
): OutputFile {
  const uses: Uses = new Map();
  const blocks: string[] = [];
  let run: ExportDeclarationStructure[] = [];
  const flush = (): void => {
    if (run.length > 0) blocks.push(surface(run));
    run = [];
  };
  for (const statement of statements) {
    if ("doc" in statement) {
      flush();
      blocks.push(printed(statement));
      for (const use of statement.uses) if (use.from !== name) note(use, uses);
    } else run.push(exportOf(name, statement));
  }
  flush();
  const imports = uses.size === 0 ? [] : [surface(importsOf(name, uses))];
  return { path: `src/${name}.ts`, origin, text: `${[...imports, ...blocks].join("\n\n")}\n` };
}

function note(use: Use, uses: Uses): void {
  const names = uses.get(use.from) ?? new Map<string, Use>();
  uses.set(use.from, names);
  // A value can be used as a type, too.
  if (!names.has(use.name) || !use.isType) names.set(use.name, use);
}

function importsOf(name: string, modules: Uses): readonly ImportDeclarationStructure[] {
  return [...modules]
    .map(([from, names]) => ({
      from: specifier(name, from),
      names: [...names.values()].sort(
        (a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()) || compare(a.name, b.name),
      ),
    }))
    .sort((a, b) => compare(a.from, b.from))
    .map(({ from, names }) => {
      const isTypeOnly = names.every(({ isType }) => isType);
      return {
        kind: StructureKind.ImportDeclaration,
        moduleSpecifier: from,
        isTypeOnly,
        namedImports: listed(names, `import ${isTypeOnly ? "type " : ""}`, from, isTypeOnly),
      };
    });
}

function exportOf(name: string, { from, names }: Reexport): ExportDeclarationStructure {
  const moduleSpecifier = specifier(name, from);
  const isTypeOnly = names.length > 0 && names.every(({ isType }) => isType);
  return {
    kind: StructureKind.ExportDeclaration,
    moduleSpecifier,
    isTypeOnly,
    namedExports: listed(names, "export ", moduleSpecifier, isTypeOnly),
  };
}

/** Names in braces: on the line if they fit there, else each on its own. */
function listed(
  names: readonly Exported[],
  before: string,
  from: string,
  isTypeOnly: boolean,
): string[] | ((writer: { write(text: string): unknown }) => void) {
  const texts = names.map(({ name, isType }) => (isType && !isTypeOnly ? `type ${name}` : name));
  const line = `${before}{ ${texts.join(", ")} } from "${from}";`;
  if (line.length <= 100) return texts;
  return (writer) => void writer.write(`\n${texts.map((text) => `${text},\n`).join("")}`);
}

function specifier(name: string, from: string): string {
  const path = posix.relative(posix.dirname(name), from);
  return `${path.startsWith(".") ? path : `./${path}`}.js`;
}

function surface(statements: readonly StatementStructures[]): string {
  const options = { statements: [...statements] };
  const file = project.createSourceFile("surface.ts", options, { overwrite: true });
  const text = file.getFullText().trim();
  project.removeSourceFile(file);
  return text;
}
