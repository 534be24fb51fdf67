/** The page of an API that says what to do after a failure: the life of a call, the waits, and the rules behind them. */
import { spell } from "../../model/durations.js";
import type { OutputFile } from "../../model/output-file.js";
import { attemptsOf, type ResendRule, waitsOf } from "../../recognise/uses.js";
import {
  bold,
  code,
  heading,
  type Inline,
  join,
  line,
  list,
  own,
  page,
  text,
} from "../markdown.js";
import { apiLinksFrom, type ApiLinks, apiPages } from "./address.js";
import { askedIn } from "./answers.js";
import type { Book } from "./book.js";
import { noRetryBlocks } from "./overview.js";
import { callPicture, stepsOf } from "./pictures/call.js";
import { picture } from "./pictures/index.js";
import { scheduled, waitsPicture } from "./pictures/waits.js";
import { sectionBlocks } from "./sections.js";

export function whatNext(book: Book): readonly OutputFile[] {
  const { api, symbols } = book;
  const path = apiPages.next(api);
  const links = apiLinksFrom(path, api);
  const blocks = [
    heading(1, text(`${api.title}: what to do next`)),
    line`This is what ${code(symbols.advise(api))} answers. A write is sent again only if it was certainly not executed, or under the same idempotency key while the vendor remembers it. After an attempt with an unknown outcome, a later failure does not settle what happened to the order.`,
    line`Which failure leads where is on ${links.to(text(api.title), apiPages.index(api))}. ${links.to(own("Sessions"), "sessions.md")} carry a write through, and ${links.to(own("retry libraries"), "retries.md")} can follow the advice.`,
    ...noRetryBlocks(api),
    heading(2, own("The life of a call")),
    picture(callPicture, book),
    list(stepsOf(api).map(({ head, says }) => line`${bold(own(head))}: ${text(says)}`)),
    own(
      "Where the advice is to stop, a write is looked up instead if an earlier attempt may have been executed. A write whose attempts are used up is also looked up, unless every one of them was certainly not executed.",
    ),
    ...waitBlocks(book, links),
    ...sectionBlocks(api, symbols, links, ["retry", "transport", "steps", "budgets"]),
  ];
  return [
    {
      path: `docs/${path}`,
      text: page(
        `${api.title}: what to do next`,
        `When to send a request of the ${api.title} again, when to look it up first, and when to stop.`,
        blocks,
      ),
    },
  ];
}

function waitBlocks(book: Book, links: ApiLinks): readonly string[] {
  const rules = scheduled(book.api);
  if (rules.length === 0) return [];
  return [
    heading(2, own("How long to wait")),
    picture(waitsPicture, book),
    own(
      "The soonest moments of each further request, counted from the first one. A response may ask for more, and a random time, the jitter, is added to each wait.",
    ),
    list(rules.map((rule) => schedule(rule, links))),
  ];
}

/** `retry-same-key: after 500 ms and 1.5 s; as retry-after asks, if that is longer; jitter up to 250 ms.` */
function schedule(rule: ResendRule, links: ApiLinks): Inline {
  let total = 0;
  const times = waitsOf(rule, "shortest").map((ms) => spell((total += ms)));
  const { combine, jitterMs } = rule.data;
  const asked = askedIn(rule);
  return join(
    [
      line`${links.rule(rule)}: ${own(`${attemptsOf(rule)} requests at most, after ${times.join(", ")}`)}`,
      ...(asked.length === 0
        ? []
        : [
            line`or as ${join(asked, " or ")} asks${own(combine === "longest" ? ", if that is longer" : "")}`,
          ]),
      ...(jitterMs === undefined ? [] : [own(`jitter up to ${spell(jitterMs)}`)]),
    ],
    "; ",
  );
}
