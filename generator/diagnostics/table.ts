/**
 * Everything the tool can say to an author, one row per diagnostic. A new one is a row in rows/, a call of `report`, and a
 * file of cases in test/fixtures/invalid/. The id never changes its meaning.
 */
import type { Row } from "./row.js";
import { base } from "./rows/base.js";
import { catalog } from "./rows/catalog.js";
import { channel } from "./rows/channel.js";
import { code } from "./rows/code.js";
import { draft } from "./rows/draft.js";
import { entry } from "./rows/entry.js";
import { example } from "./rows/example.js";
import { field } from "./rows/field.js";
import { file } from "./rows/file.js";
import { id } from "./rows/id.js";
import { limit } from "./rows/limit.js";
import { lookup } from "./rows/lookup.js";
import { manifest } from "./rows/manifest.js";
import { marker } from "./rows/marker.js";
import { match } from "./rows/match.js";
import { name } from "./rows/name.js";
import { output } from "./rows/output.js";
import { place } from "./rows/place.js";
import { ref } from "./rows/ref.js";
import { retry } from "./rows/retry.js";
import { shape } from "./rows/shape.js";
import { status } from "./rows/status.js";
import { syntax } from "./rows/syntax.js";
import { template } from "./rows/template.js";
import { trace } from "./rows/trace.js";
import { yaml } from "./rows/yaml.js";

/** The rows by id. A row is in the file that is named after the first part of its id. */
export const table = {
  ...base,
  ...catalog,
  ...channel,
  ...code,
  ...draft,
  ...entry,
  ...example,
  ...field,
  ...file,
  ...id,
  ...limit,
  ...lookup,
  ...manifest,
  ...marker,
  ...match,
  ...name,
  ...output,
  ...place,
  ...ref,
  ...retry,
  ...shape,
  ...status,
  ...syntax,
  ...template,
  ...trace,
  ...yaml,
} satisfies Record<string, Row<never[]>>;
