/** The TypeScript package: typed sources, what npm ships of them, and what makes them a package. */
import { defineTarget } from "../target.js";
import { type ApiNames, nameCatalog } from "./names.js";

export const typescript = defineTarget({
  name: "typescript",
  isSource: true,
  packed: ["dist"],
  names: nameCatalog,
  symbols: (names) => {
    const of = ({ id }: { readonly id: string }): ApiNames => names.get(id)!;
    return {
      prefix: (api) => of(api).prefix,
      advise: (api) => of(api).advise,
      session: (api) => of(api),
      guard: (api, entry) => of(api).guards.get(entry) ?? null,
      shape: (api, shape) => of(api).shapes.get(shape)!,
      channel: (api, channel) => of(api).channels.get(channel)!,
    };
  },
  emit: async (emission, names) => (await import("./emit.js")).emit(emission, names),
  build: async (file) => (await import("./emit.js")).build(file),
});
