/** One conformance suite for all hosts, against a real server; it ends with the table of what happened. */
import axios from "axios";
import axiosRetry from "axios-retry";
import * as cockatiel from "cockatiel";
import got from "got";
import ky from "ky";
import pRetry from "p-retry";
import { afterAll, describe, expect, it } from "vitest";
import { cases } from "./exchange/conformance/cases.js";
import { cellOf, note, print, type Table } from "./exchange/conformance/table.js";
import { hostsOf } from "./exchange/loopback/hosts.js";

const libraries = { axios, axiosRetry, cockatiel, got, ky, pRetry };
const table: Table = new Map();
afterAll(() => console.log(`\n${print(table)}\n`));

describe.concurrent.each(hostsOf(libraries))("$name", ({ name }) => {
  for (const one of cases)
    it(one.title, async () => {
      const happened = await cellOf(libraries, name, one);
      note(table, one, name, happened);
      expect([one.ends].flat()).toContain(happened);
    });
});
