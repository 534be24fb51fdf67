/** OpenAPI 3 and Swagger 2 documents: responses with their examples, the enums of codes, and the calls. */
import { escapeStep } from "../../match/pointer.js";
import {
  type Body,
  type Call,
  type Note,
  type Reading,
  reading,
  row,
  type Row,
  type Spot,
} from "../model.js";
import { type Data, readData } from "./data.js";
import type { Format } from "./format.js";
import { enumsIn, placesOf, type Plain, Spec } from "./openapi-schema.js";

export const openapi: Format = {
  name: "openapi",
  title: "an OpenAPI document",
  endings: [],
  isSurely: (text) => {
    const head = text.slice(0, 20_000);
    if (/^\s*\{/.test(head)) return /"(?:openapi|swagger)"\s*:\s*"[23]\b/.test(head);
    const isVersioned = /^["']?(?:openapi|swagger)["']?\s*:\s*["']?[23]\b/m.test(head);
    // On a page, an example of one stands between prose.
    return isVersioned && head.split("\n").every((line) => yamlLine.test(line));
  },
  read: async (source, log) => {
    const data = readData(source, openapi.title, log);
    if (data === null) return null;
    const problem = problemOf(data.value);
    if (problem === null) return new Reader(data).read();
    log.report("draft/format", { source, start: 0, end: 1 }, { format: openapi.title, problem });
    return null;
  },
};

/** A line of YAML whose root is a map; a comment looks like a heading of Markdown. */
const yamlLine = /^(?:$|[\s#%\-?}\]]|\.\.\.|["']?[\w$.<-]+["']?\s*:)/;

function problemOf(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return "it is no map";
  if (!("openapi" in value) && !("swagger" in value)) return "it has no openapi:";
  return "paths" in value || "components" in value ? null : "it has neither paths: nor components:";
}

const methods = ["get", "head", "options", "trace", "put", "post", "delete", "patch"];

class Reader {
  readonly #spec: Spec;
  readonly #data: Data;
  readonly #rows: Row[] = [];
  readonly #bodies: Body[] = [];
  readonly #calls: Call[] = [];
  readonly #places = new Map<string, Reading["places"][number]>();
  readonly #skipped: Note[] = [];
  readonly #doubts: Note[] = [];
  /** What was said of a status already, so that each thing is said once. */
  readonly #said = new Set<string>();
  #responses = 0;

  constructor(data: Data) {
    this.#data = data;
    this.#spec = new Spec(data.value);
  }

  read(): Reading {
    const { root } = this.#spec;
    for (const [path, item] of entriesOf(root["paths"])) this.#path(path, this.#spec.plain(item));
    for (const section of [["components", "responses"], ["responses"]])
      for (const [name, response] of entriesOf(this.#spec.at(section)))
        this.#response(null, this.#spec.plain(response), [...section, name]);
    for (const section of [["components", "schemas"], ["definitions"]])
      for (const [name, schema] of entriesOf(this.#spec.at(section)))
        if (/err|fault|problem|fail/i.test(name))
          this.#schema(schema, null, [...section, name], /code|type/i.test(name));
    const { title } = this.#spec.plain(root["info"]);
    const called = typeof title === "string" && title !== "" ? title : null;
    return reading({
      ...{ title: called, api: called },
      servers: this.#servers(),
      ...{ rows: this.#rows, bodies: this.#bodies, calls: this.#calls },
      places: [...this.#places.values()],
      read: { operation: this.#calls.length, response: this.#responses },
      ...{ skipped: this.#skipped, doubts: this.#doubts },
    });
  }

  #servers(): readonly string[] {
    const urls = [this.#spec.root["servers"] ?? []]
      .flat()
      .map((server) => this.#spec.plain(server)["url"]);
    // In Swagger 2: the parts of one address.
    const { host, basePath = "" } = this.#spec.root;
    if (typeof host === "string" && typeof basePath === "string")
      urls.push(`https://${host}${basePath}`);
    return urls.filter(
      (url): url is string => typeof url === "string" && /^https?:\/\/[^\s@{}]+$/.test(url),
    );
  }

  #path(path: string, item: Plain): void {
    for (const method of methods) {
      if (item[method] === undefined) continue;
      const operation = this.#spec.plain(item[method]);
      const at = ["paths", path, method];
      const called = operation["operationId"];
      const says = [operation["summary"], operation["description"]].find(
        (text) => typeof text === "string" && text !== "",
      );
      const request = `${method.toUpperCase()} ${path}`;
      this.#calls.push({
        name: typeof called === "string" ? called : request,
        request: request.replace(/\s+(?=\S*$)/, " "),
        kind: ["get", "head", "options", "trace"].includes(method) ? "read" : "write",
        summary: typeof says === "string" ? says.split(/\n\s*\n/)[0]!.trim() : request,
        spot: this.#spot(at),
      });
      for (const [status, response] of entriesOf(operation["responses"]))
        this.#response(status, this.#spec.plain(response), [...at, "responses", status]);
    }
  }

  /** A response, of any operation or of none. */
  #response(status: string | null, response: Plain, at: readonly string[]): void {
    this.#responses++;
    const isNamed = status !== null && /^[1-5](?:\d\d|xx)$/i.test(status);
    const known = isNamed ? status.toLowerCase() : null;
    const spot = this.#spot(at);
    const summary =
      typeof response["description"] === "string" ? response["description"].trim() : "";
    if (this.#isNew(["status", known, summary]))
      if (known !== null)
        this.#rows.push(row({ family: "statuses", statuses: [known], summary, spot }));
      else if (status !== null)
        this.#skipped.push({
          line: spot.line,
          says: `a response without a status (${status}): ${summary}`,
        });
    const isError =
      known === null
        ? status === "default" || /err|fail|bad|not|un|too/i.test(at.at(-1)!)
        : known >= "4";
    const [header] = Object.keys(this.#spec.plain(response["headers"])).filter((name) =>
      /^retry-after$|reset$/i.test(name),
    );
    if (header !== undefined && this.#isNew(["header", known, header]))
      this.#doubts.push({
        line: spot.line,
        says: `${known ?? "a response"} has the header ${header}: write a retry rule that waits so long`,
      });
    for (const example of this.#examples(response)) {
      if (!this.#isNew(["body", known, example])) continue;
      const exact = known !== null && /^\d+$/.test(known) ? known : null;
      this.#bodies.push({ value: example, status: exact, isError, isFrame: false, spot });
    }
    if (!isError) return;
    for (const schema of this.#schemas(response)) this.#schema(schema, known, at, false);
  }

  #schemas(response: Plain): readonly unknown[] {
    const media = entriesOf(response["content"]).map(
      ([, content]) => this.#spec.plain(content)["schema"],
    );
    return [...media, response["schema"]].filter((schema) => schema !== undefined);
  }

  /** The examples of all media types that hold JSON, those of the schema where there are no others. */
  #examples(response: Plain): readonly unknown[] {
    const media = entriesOf(response["content"]).flatMap(([type, content]) => {
      if (!/json|\*\/\*/i.test(type)) return [];
      const { example, examples, schema } = this.#spec.plain(content);
      const own = [
        example,
        ...entriesOf(examples).map(([, one]) => this.#spec.plain(one)["value"]),
      ];
      const given = own.filter((one) => one !== undefined);
      return given.length > 0 ? given : this.#spec.examplesOf(schema);
    });
    // In Swagger 2: examples by media type.
    const old = entriesOf(response["examples"]).map(([, example]) => example);
    return [...media, ...old].flatMap((one) => {
      if (typeof one !== "string") return [one];
      try {
        return [JSON.parse(one) as unknown];
      } catch {
        return [];
      }
    });
  }

  /** The places that a schema of errors has, and the codes that it lists. */
  #schema(schema: unknown, status: string | null, at: readonly string[], isOfCodes: boolean): void {
    for (const { kind, at: place } of placesOf(this.#spec, schema))
      this.#places.set(`${kind} ${place}`, { kind, at: place });
    for (const { values, names, descriptions } of enumsIn(this.#spec, schema, isOfCodes))
      values.forEach((value, i) => {
        const code = String(value);
        if (!this.#isNew(["code", code])) return;
        const [name = null, summary = ""] = [names[i], descriptions[i]];
        // A list of codes that responses share does not say which of them come with which status.
        const statuses = status === null || values.length > 1 ? [] : [status];
        this.#rows.push(row({ codes: [code], statuses, name, summary, spot: this.#spot(at) }));
      });
  }

  #isNew(what: readonly unknown[]): boolean {
    const key = JSON.stringify(what);
    if (this.#said.has(key)) return false;
    this.#said.add(key);
    return true;
  }

  /** A place as a fragment with a JSON pointer. */
  #spot(at: readonly string[]): Spot {
    const pointer = at
      .map((step) => `/${encodeURIComponent(escapeStep(step)).replaceAll("%7E", "~")}`)
      .join("");
    return { heading: pointer, line: this.#data.lineOf(at) };
  }
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
