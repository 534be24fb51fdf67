/** SARIF 2.1.0, which code scanning and editors read. */
import type { Notice, Position } from "../../diagnostics/notice.js";
import { digest } from "../../read/cache.js";
import { version } from "../../read/version.js";
import { pageOf } from "../pages.js";
import { printData } from "../terminal.js";
import { type Format, fromRoot } from "./format.js";

export const sarif: Format = ({ notices }) => {
  const ids = [...new Set(notices.map(({ id }) => id))];
  const rules = ids.map((id) => rule(notices.find((one) => one.id === id)!));
  const prints = fingerprints(notices);
  printData({
    $schema:
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "errata", semanticVersion: version, rules } },
        columnKind: "unicodeCodePoints",
        results: notices.map((one, i) => result(one, ids.indexOf(one.id), prints[i]!)),
      },
    ],
  });
};

function rule({ id, level, why }: Notice): object {
  // The page ships with errata, and is at no address of its own.
  return {
    id,
    shortDescription: { text: id },
    fullDescription: { text: why },
    help: { text: pageOf(id) ?? why },
    defaultConfiguration: { level },
  };
}

function result(notice: Notice, ruleIndex: number, fingerprint: string): object {
  const { id, level, says, help, at, related } = notice;
  return {
    ruleId: id,
    ruleIndex,
    level,
    message: { text: help === null ? says : `${says}\nhelp: ${help}` },
    ...(at !== null && { locations: [{ physicalLocation: physical(at) }] }),
    ...(related.length > 0 && {
      relatedLocations: related.map(({ at, note }, i) => ({
        id: i + 1,
        message: { text: note },
        physicalLocation: physical(at),
      })),
    }),
    partialFingerprints: { "errata/v1": fingerprint },
  };
}

function physical({ file, line, column, end }: Position): object {
  return {
    artifactLocation: { uri: fromRoot(file).split("/").map(encodeURIComponent).join("/") },
    region: {
      ...{ startLine: line, startColumn: column },
      ...(end !== undefined && { endLine: end.line, endColumn: end.column }),
    },
  };
}

/** What stays the same while lines move: what is said of which file, and for the how manieth time. */
function fingerprints(notices: readonly Notice[]): readonly string[] {
  const seen = new Map<string, number>();
  return notices.map(({ id, says, at }) => {
    const hash = digest([id, at === null ? "" : fromRoot(at.file), says].join("\0"));
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  });
}
