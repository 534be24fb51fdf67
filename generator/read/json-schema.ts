/**
 * The little of JSON Schema that the catalog language is written in. A schema here is a constant, so that what it allows
 * is its type as well: nothing has to say the same thing twice.
 */

/** `{ $ref }` to a definition, with a description of its own where one is given. */
export function ref<const Name extends string>(
  name: Name,
  description?: string,
): { readonly $ref: `#/definitions/${Name}` } {
  const reference = { $ref: `#/definitions/${name}` } as const;
  return description === undefined ? reference : { ...{ description }, ...reference };
}

/** A value, or a list of such values. */
export function oneOrMore<const S>(
  one: S,
  annotations: object = {},
): {
  readonly anyOf: readonly [S, { readonly type: "array"; readonly minItems: 1; readonly items: S }];
} {
  return { ...annotations, anyOf: [one, { type: "array", minItems: 1, items: one }] };
}

/** A map with these keys and no others. */
export function object<const Required extends readonly string[], const Properties extends object>(
  required: Required,
  properties: Properties,
  annotations: object = {},
): {
  readonly type: "object";
  readonly required: Required;
  readonly properties: Properties;
} {
  return {
    ...annotations,
    type: "object",
    ...{ additionalProperties: false },
    required,
    properties,
  };
}

/** The values that a schema allows; `Definitions` are what its references refer to. */
export type Infer<S, Definitions> = S extends { readonly const: infer C }
  ? C
  : S extends { readonly enum: readonly (infer E)[] }
    ? E
    : S extends { readonly anyOf: readonly (infer A)[] }
      ? Infer<A, Definitions>
      : S extends { readonly oneOf: readonly (infer A)[] }
        ? Infer<A, Definitions>
        : S extends { readonly $ref: `#/definitions/${infer Name}` }
          ? Name extends keyof Definitions
            ? Infer<Definitions[Name], Definitions>
            : never
          : S extends { readonly type: infer Type }
            ? OfType<Type, S, Definitions>
            : unknown;

type OfType<Type, S, Definitions> = Type extends readonly (infer One)[]
  ? Primitive<One>
  : Type extends "array"
    ? S extends { readonly items: infer Items }
      ? Infer<Items, Definitions>[]
      : unknown[]
    : Type extends "object"
      ? ObjectOf<S, Definitions>
      : Primitive<Type>;

type Primitive<Type> = Type extends "string"
  ? string
  : Type extends "integer" | "number"
    ? number
    : Type extends "boolean"
      ? boolean
      : null;

type ObjectOf<S, Definitions> = S extends {
  readonly properties: infer Properties;
  readonly required?: infer Required;
}
  ? {
      [Key in keyof Properties as Key extends Listed<Required> ? Key : never]: Infer<
        Properties[Key],
        Definitions
      >;
    } & {
      [Key in keyof Properties as Key extends Listed<Required> ? never : Key]?: Infer<
        Properties[Key],
        Definitions
      >;
    }
  : S extends { readonly additionalProperties: infer Value }
    ? Record<string, Infer<Value, Definitions>>
    : object;

type Listed<Required> = Required extends readonly (infer Name)[] ? Name : never;
