/** The manifest of a catalog: what to generate, and from which folders. */
import { object, ref } from "../read/json-schema.js";
import type { Infer } from "../read/language.js";

export const manifestSchema = object(
  ["package", "output", "apis"],
  {
    $schema: {
      type: "string",
    },
    package: object(
      ["name", "version", "description"],
      {
        name: {
          description: "The npm name, such as payments-errors or @acme/errors.",
          type: "string",
          pattern: "^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*$",
          maxLength: 214,
          examples: ["shop-errors"],
        },
        version: {
          description: 'A semantic version in quotes, such as "1.2.0".',
          type: "string",
          pattern: "^[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?$",
          examples: ["0.1.0"],
        },
        description: ref("text"),
        license: {
          description: "An SPDX identifier, such as MIT.",
          type: "string",
          pattern: "^[A-Za-z0-9.+() -]+$",
          examples: ["MIT"],
        },
      },
      { description: "The npm package to generate." },
    ),
    output: {
      description: "The folder to write, relative to this file.",
      type: "string",
      minLength: 1,
      examples: ["../generated"],
    },
    apis: {
      description: "The APIs, in the order of the docs; each is a folder beside this file.",
      type: "array",
      items: ref("id"),
    },
    targets: {
      description:
        "What to generate besides the package, its schemas and its docs. openapi, asyncapi: a document for each API with HTTP responses, or with frames, whose parts your own document can refer to. problems: problem types of RFC 9457, whose addresses are those of the docs.",
      type: "array",
      items: { enum: ["openapi", "asyncapi", "problems"] },
      examples: [["openapi"]],
    },
    docs: object([], {
      url: ref("url", "Where the docs are published. Comments and problem types then lead there."),
      navigation: {
        description:
          "The tools that publish the docs. Each gets a file in docs/nav/ with the pages of its sidebar.",
        type: "array",
        items: { enum: ["vitepress", "docusaurus", "mintlify", "fern"] },
        examples: [["vitepress"]],
      },
      update: {
        description:
          "Markdown of your own, as files or folders beside this file, in which the blocks between <!-- errata:shop.errors --> and <!-- /errata --> are kept up to date.",
        type: "array",
        items: { type: "string", minLength: 1 },
        examples: [["../docs"]],
      },
    }),
    options: object([], {
      enums: {
        description:
          "const: `as const` objects that erase and tree-shake (default). enum: TypeScript enums.",
        enum: ["const", "enum"],
        default: "const",
      },
      emit: {
        description:
          "package: a complete npm package (default). source: plain .ts files for a project's own tree.",
        enum: ["package", "source"],
        default: "package",
      },
      imports: {
        description:
          'With emit: source, how the files import each other: js as in "./errors.js" (default), ts as in "./errors.ts", none as in "./errors". A package always has js.',
        enum: ["js", "ts", "none"],
        default: "js",
      },
    }),
  },
  { title: "the manifest" },
);

export type ManifestSyntax = Infer<typeof manifestSchema>;
