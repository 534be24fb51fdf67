/** Everything the tool can tell an author, in words: one table. Ids never change their meaning. */

import { retry } from "./retry.js";
import { enumerate, near, quote } from "./phrases.js";
import { yaml } from "./yaml.js";

export interface Statement {
  readonly says: string;
  readonly help?: string;
}

/** Each diagnostic's message and help, from its parameters. */
export const table = {
  "manifest/missing": (p: { file: string; looked: string | null }) => ({
    says:
      p.looked === null
        ? `There is no manifest at ${p.file}.`
        : `There is no ${p.file} ${p.looked}.`,
    help: "a catalog starts with catalog/catalog.yaml; name another manifest, or its folder, with --catalog.",
  }),
  "manifest/no-folder": (p: { api: string; near: string | undefined }) => ({
    says: `The API ${quote(p.api)} has no folder of YAML files beside the manifest.`,
    help: near(p.near, `make the folder ${p.api}/ with a file api.yaml in it.`),
  }),
  "manifest/unlisted": (p: { folder: string }) => ({
    says: `The folder ${quote(p.folder)} holds YAML files, and is no API of this manifest, so nothing reads them.`,
    help: `add ${p.folder} to apis, or move the folder out of the catalog; one whose name begins with a dot is left alone.`,
  }),
  "manifest/api-file": () => ({
    says: "This is a file of an API, and not a manifest.",
    help: "name the file that lists the APIs, such as --catalog catalog/catalog.yaml, or the folder that it stands in.",
  }),
  "manifest/imports": (p: { imports: string }) => ({
    says: `A package is built with imports: js, so imports: ${p.imports} cannot stand here.`,
    help: "take it out; or say emit: source, for files that your own project builds.",
  }),
  "manifest/no-apis": () => ({
    says: "The manifest lists no API, so there is nothing to generate.",
    help: "add a folder's name to apis.",
  }),
  "file/unreadable": (p: { problem: string }) => ({
    says: `This file cannot be read: ${p.problem}.`,
    help: "catalog files are UTF-8 text of at most 5 MB.",
  }),
  "file/stray": (p: { folder: string }) => ({
    says: "This file stands beside the manifest, where nothing reads it.",
    help: `move it into the folder of an API, such as ${p.folder}/; the folder's name has to be listed under apis.`,
  }),
  "file/nested": (p: { api: string }) => ({
    says: `This file stands in a subfolder of the API ${quote(p.api)}, where nothing reads it.`,
    help: `move it up into ${p.api}/.`,
  }),
  "file/character": (p: { code: string }) => ({
    says: `The character ${p.code} is invisible or changes the direction of the text, so what is read is not what is seen.`,
    help: "remove it, or write it as an escape in double quotes.",
  }),
  ...yaml,
  "syntax/unknown-key": (p: {
    key: string;
    where: string;
    near: string | undefined;
    known: readonly string[];
  }) => ({
    says: `${p.where} has no key ${quote(p.key)}.`,
    help: near(p.near, `it has: ${p.known.join(", ")}.`),
  }),
  "syntax/missing-key": (p: { key: string; where: string }) => ({
    says: `${p.where} needs the key ${quote(p.key)}.`,
  }),
  "syntax/wrong-type": (p: { wanted: string; got: string; about: string }) => ({
    says: `Here ${p.wanted} is wanted, and this is ${p.got}.`,
    help: p.about,
  }),
  "syntax/unknown-value": (p: {
    value: string;
    near: string | undefined;
    known: readonly string[];
  }) => ({
    says: `${p.value} is not one of the values that can stand here.`,
    help: near(p.near, `it can be: ${p.known.join(", ")}.`),
  }),
  "syntax/bad-value": (p: { value: string; wanted: string }) => ({
    says: `${p.value} cannot stand here.`,
    help: `wanted: ${p.wanted}`,
  }),
  "catalog/empty": (p: { api: string }) => ({
    says: `The API ${quote(p.api)} has no statuses, errors, declines or sockets.`,
    help: "describe at least one entry; a status is the simplest.",
  }),
  "id/duplicate": (p: { what: string; id: string }) => ({
    says: `There are two ${p.what} called ${quote(p.id)}.`,
    help: "keep one, or rename one; all entries of an API share one set of names.",
  }),
  "ref/unknown": (p: {
    what: string;
    name: string;
    near: string | undefined;
    known: readonly string[];
  }) => ({
    says: `There is no ${p.what} called ${quote(p.name)}.`,
    help: near(
      p.near,
      p.known.length > 0 ? `there is: ${p.known.join(", ")}.` : "this API defines none yet.",
    ),
  }),
  "ref/unused": (p: { what: string; name: string; where: string }) => ({
    says: `Nothing in this API refers to the ${p.what} ${quote(p.name)}.`,
    help: `take it out, or refer to it with ${p.where}.`,
  }),
  "channel/undecided": (p: { family: string; count: number }) => ({
    says: `${p.count === 0 ? "No channel" : "More than one channel"} of this API can carry ${p.family}.`,
    help:
      p.count === 0
        ? `declare one under channels: ${p.family === "sockets" ? "{ transport: socket }" : p.family === "declines" ? "{ within: …, items: … }" : "{ transport: http }"}.`
        : "name the entry's channel.",
  }),
  "channel/kind": (p: { channel: string; problem: string }) => ({
    says: `The channel ${quote(p.channel)} ${p.problem}.`,
    help: "a channel is { transport: http }, { transport: socket }, or { within: <channel>, items: <pointer> }.",
  }),
  "channel/unplaced": (p: { channel: string; what: "code" | "message" }) => ({
    says: `This entry is known by its ${p.what}, and the channel ${quote(p.channel)} does not say where a ${p.what} is.`,
    help: `add ${p.what}: to the channel, with a JSON pointer such as /${p.what}.`,
  }),
  "place/undecided": (p: { both: boolean }) => ({
    says: p.both
      ? "This names a pointer and a header, and a value stands in one of them."
      : "This does not say where the value stands.",
    help: "write at: with a JSON pointer into the body, or header: with a header's name.",
  }),
  "place/wildcard": (p: { pointer: string; what: string }) => ({
    says: `${quote(p.pointer)} cannot stand here: ${p.what}.`,
    help: "* stands for every item of a list, as in /errors/*/code.",
  }),
  "code/undeclared": () => ({
    says: "This API does not say whether its codes are integers or strings.",
    help: "add codes: integer or codes: string to its api section.",
  }),
  "code/kind": (p: { code: string; kind: string }) => ({
    says: `The code ${p.code} is not ${p.kind === "integer" ? "an integer or a range" : "a string"}, and this API's codes are ${p.kind}s.`,
    help:
      p.kind === "integer"
        ? "write it without quotes, like 3100 or 3100..3112."
        : "put the code into quotes.",
  }),
  "code/range": (p: { range: string; problem: string }) => ({
    says: `The range ${p.range} ${p.problem}.`,
    help: "a range is first..last, both included, of at most 1000 codes.",
  }),
  "shape/contradiction": (p: { pointer: string; problem: string }) => ({
    says: `${p.pointer === "" ? "The whole body" : p.pointer} is ${p.problem}.`,
    help: "a pointer through a name makes an object, one through * an array; only leaves have a type.",
  }),
  "status/unregistered": (p: { status: string }) => ({
    says: `The status ${p.status} is not registered, so it has no name.`,
    help: "add name: with a name of your own.",
  }),
  "name/collision": (p: { name: string }) => ({
    says: `Two things here would be generated with the name ${p.name}.`,
    help: "rename one; names are compared after casing.",
  }),
  "name/reserved": (p: { name: string; why: string; instead?: string }) => ({
    says: `The name ${quote(p.name)} cannot be generated: ${p.why}.`,
    help: p.instead ?? "choose another name.",
  }),
  "template/hole": (p: {
    hole: string;
    problem: string;
    near: string | undefined;
    known: readonly string[];
  }) => ({
    says: `The hole ${p.hole} ${p.problem}.`,
    help: near(
      p.near,
      `write {name:type} with one of ${p.known.join(", ")}; a brace that is meant is \\{ or \\}.`,
    ),
  }),
  "entry/unrecognisable": () => ({
    says: "Nothing says how to recognise this entry.",
    help: "give it a code, a message, a shape, a where or a header.",
  }),
  "entry/incomplete": (p: { missing: readonly string[] }) => ({
    says: `This entry does not say its ${enumerate(p.missing, "and")}.`,
    help: "every entry has outcome:, and every one without success: true has category: and retry: as well.",
  }),
  "entry/repeated": () => ({
    says: "This stands in the list twice.",
    help: "keep one of the two.",
  }),
  "entry/success": (p: { key: string }) => ({
    says: `A success has no ${p.key}.`,
    help: "take it out, or take out success: true.",
  }),
  "trace/unknown-leaf": (p: {
    leaf: string;
    near: string | undefined;
    known: readonly string[];
  }) => ({
    says: `${quote(p.leaf)} is not something that can be traced here.`,
    help: near(p.near, `traced can be: ${p.known.join(", ")}.`),
  }),
  "trace/contradiction": (p: { leaf: string; one: string; other: string }) => ({
    says: `${quote(p.leaf)} is said to be ${p.one === p.other ? `${p.one} twice` : `${p.one} and ${p.other}`}.`,
    help: "keep one of the two.",
  }),
  "trace/undocumented-value": (p: { leaf: string }) => ({
    says: `${quote(p.leaf)} is listed as undocumented, and yet has a value.`,
    help: "move it to inferred or policy, with the reason.",
  }),
  "trace/uncited": (p: { leaf: string }) => ({
    says: `${quote(p.leaf)} counts as documented, and nothing is cited.`,
    help: "add cite:, or list the leaf under inferred or policy with the reason.",
  }),
  "example/missing": () => ({
    says: "This entry has no example.",
    help: "show at least one response that is this entry.",
  }),
  "example/contradiction": (p: {
    entry: string;
    decoded: string;
    why: string | null;
    misfit: string | null;
  }) => ({
    says:
      p.decoded === p.entry
        ? `This example of ${quote(p.entry)} comes with a status that the entry does not list.`
        : p.why === null
          ? `This example of ${quote(p.entry)} decodes to ${quote(p.decoded)}.`
          : `This example of ${quote(p.entry)} decodes to no entry: ${p.why}.`,
    help: `${p.misfit === null ? "" : `${p.misfit}; `}mend the example, or what the entry is recognised by.`,
  }),
  "field/unseen": (p: { name: string; at: string; wanted: string; near: string | undefined }) => ({
    says: `No example of this entry shows the field ${quote(p.name)}: none has ${p.wanted} at ${quote(p.at)}.`,
    help: near(p.near, "add an example that shows it, or correct its at: or type:."),
  }),
  "match/ambiguous": (p: { other: string; name: string; what: string; witness: string }) => ({
    says: `This entry and ${quote(p.other)} both match the ${p.what} ${p.witness}, and neither is narrower.`,
    help: `tell them apart by status, code, message, shape or where; or say overrides: [${p.name}] here if this one is to win.`,
  }),
  "match/unreachable": (p: { by: readonly string[]; what: string }) => ({
    says: `This entry can never be reached: every ${p.what} that it matches goes to ${enumerate(p.by.map(quote), "or")} first.`,
    help: "take it out, or make what comes first narrower, or take out the overrides: that puts it first.",
  }),
  "match/no-success": (p: { channel: string }) => ({
    says: `Nothing on the channel ${quote(p.channel)} is a success, so every response would be a failure.`,
    help: "add what a success answers, such as statuses: { 200: { success: true, outcome: accepted, … } }.",
  }),
  "match/status-only": (p: { status: string }) => ({
    says: `${p.status} alone does not show that a write was executed: any page with that status would be taken for it.`,
    help: "say outcome: accepted, or add a shape: or where: that the body of a success has.",
  }),
  "match/overruled": (p: { witness: string; reads: string; entry: string }) => ({
    says: `What this example shows is overruled: ${p.witness} is read as ${p.reads} (${quote(p.entry)}).`,
    help: "say where the code or the text stands, under code: or message: of the channel, or what marks a failure: failure: { /error: present }.",
  }),
  "match/override-elsewhere": (p: { other: string; channel: string; own: string }) => ({
    says: `${quote(p.other)} arrives on the channel ${quote(p.channel)} and this entry on ${quote(p.own)}, so they never meet.`,
    help: "take the name out, or give both entries the same channel.",
  }),
  "match/override-cycle": (p: {
    circle: readonly { readonly id: string; readonly how: "overrides" | "is narrower than" }[];
  }) => {
    const [first, ...others] = p.circle;
    const links = others.map(({ id, how }) => `${quote(id)}, which ${how} `).join("");
    return {
      says: `No order of these is right: ${quote(first!.id)} ${first!.how} ${links}${others.length === 0 ? "itself" : quote(first!.id)}.`,
      help: "take out one overrides: of the circle.",
    };
  },
  "output/misplaced": (p: { folder: string; problem: string; within: string | null }) => ({
    says: `The output folder ${p.folder} ${p.problem}.`,
    help:
      p.within === null
        ? "choose a folder of its own for output: in the manifest."
        : `choose a folder in ${p.within}; a .git, or a package.json with workspaces, further up lets output go as far.`,
  }),
  "output/taken": (p: { folder: string; owner: string; name: string }) => ({
    says: `${p.folder} holds the package ${quote(p.owner)}, and this catalog generates ${quote(p.name)}.`,
    help: "choose another folder for output:; if the package is to have the new name, run again with --force.",
  }),
  "output/foreign": (p: { file: string }) => ({
    says: `${p.file} stands where a generated file would go, and errata did not write it.`,
    help: "move it away, choose another output folder, or run again with --force to replace it.",
  }),
  "output/edited": (p: { file: string }) => ({
    says: `${p.file} was changed by hand since it was generated.`,
    help: "move the change into the catalog; --force throws it away.",
  }),
  "output/unwritable": (p: { file: string; problem: string }) => ({
    says: `${p.file} cannot be written: ${p.problem}.`,
    help: "nothing was changed; mend this and run again.",
  }),
  ...retry,
} satisfies Record<string, (params: never) => Statement>;
