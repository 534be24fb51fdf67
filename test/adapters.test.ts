/** Each adapter in its library, against a real server on loopback: what the server got, when, and how the call ended. */
import axios from "axios";
import axiosRetry from "axios-retry";
import * as cockatiel from "cockatiel";
import got from "got";
import ky from "ky";
import pRetry from "p-retry";
import { describe, it } from "vitest";
import { check } from "./exchange/loopback/check.js";
import { hostsOf } from "./exchange/loopback/hosts.js";
import { lostAndAborted } from "./exchange/loopback/losses.js";
import { answered } from "./exchange/loopback/scenarios.js";

const hosts = hostsOf({ axios, axiosRetry, cockatiel, got, ky, pRetry });

describe.concurrent.each(hosts)("$name", (host) => {
  for (const scenario of [...lostAndAborted, ...answered])
    it(scenario.title, async () => check(host, scenario));
});
