/** What a row's words hint at. A hint is no fact: it is written down with the words that it comes from. */
import type { Category } from "../runtime/vocabulary.js";

/** Of two that fit at the same word, the earlier counts. */
const hints: readonly (readonly [Category, RegExp])[] = [
  [
    "clock-skew",
    /\btimestamp\b.{0,40}(?:window|ahead|expired|outside|range|off)|\brecv ?window\b|\bclock skew\b/i,
  ],
  [
    "throttled",
    /\brate[- ]?limit\w*|\btoo many (?:new )?(?:requests|orders|connections|messages)\b|\bthrottl\w+|\brequests? limit\b|\bquota (?:is )?exceeded\b/i,
  ],
  [
    "session-expired",
    /\b(?:token|session|login)\b.{0,20}\bexpired\b|\bexpired (?:token|session)\b/i,
  ],
  ["duplicate", /\bduplicate\w*|\balready (?:exists|processed|received|sent)\b/i],
  [
    "funds-or-limits",
    /\binsufficient (?:\w+ )?(?:funds|balance|margin|credit)\b|\bbalance\b.{0,20}\b(?:insufficient|not enough|too low)\b/i,
  ],
  [
    "credentials",
    /\bunauthori[sz]ed\b|\binvalid (?:api[- ]?key|token|signature|credentials)\b|\b(?:api[- ]?key|signature|token|credentials)\b.{0,30}\b(?:invalid|missing|required|wrong|incorrect)\b|\bauthentication (?:failed|required)\b|\b(?:invalid|missing|bad) (?:or \w+ )?api[- ]?key\b/i,
  ],
  [
    "permission",
    /\bforbidden\b|\bpermission denied\b|\bno permission\b|\bnot (?:allowed|permitted)\b|\baccess denied\b/i,
  ],
  ["unsupported", /\bnot (?:yet )?(?:supported|implemented)\b|\bunsupported\b/i],
  [
    "not-found",
    /\bnot found\b|\bdoes(?: not|n't) exist\b|\bno such \w+|\bunknown (?:order|symbol|account)\b/i,
  ],
  [
    "unavailable",
    /\b(?:service|system|server|temporarily) (?:is )?(?:temporarily )?(?:unavailable|busy|overloaded|down)\b|\bunavailable\b|\bmaintenance\b|\boverload\w*/i,
  ],
  ["internal", /\binternal (?:\w+ )?error\b|\bserver error\b|\bsystem error\b/i],
  [
    "validation",
    /\bvalidation\b|\bmalformed\b|\bbad request\b|\b(?:missing|invalid|illegal|required|mandatory|bad)\b.{0,30}\b(?:param\w*|field|value|argument|format|request|symbol)\b|\bparam\w*\b.{0,30}\b(?:invalid|missing|required|empty|malformed|out of range|wrong)\b/i,
  ],
];

export interface Hint {
  readonly category: Category;
  /** The words of the row that say so. */
  readonly words: string;
}

/** The category that the words of a row hint at: what is said first is what it is about. */
export function categoryOf(texts: readonly string[]): Hint | null {
  for (const text of texts) {
    const found = hints.flatMap(([category, pattern]) => {
      const match = pattern.exec(text);
      return match === null ? [] : [{ category, words: match[0], at: match.index }];
    });
    const [first] = found.sort((a, b) => a.at - b.at);
    if (first !== undefined) return first;
  }
  return null;
}

const sendsAgain = /\bretr(?:y|ies|ied|ying)\b|\btry(?:ing)? again\b|\bback ?-?off\b|\bwait\b/i;

/** The words of a row that say something of sending again: a rule for a person to write. */
export function retryWords(texts: readonly string[]): string | null {
  return texts.find((text) => sendsAgain.test(text)) ?? null;
}

/** Whether the words of a row say that nothing is wrong. */
export function saysSuccess(texts: readonly string[]): boolean {
  return texts.some((text) =>
    /^(?:the )?(?:request |operation )?(?:was )?(?:success(?:ful|fully)?|succeeded|ok(?:ay)?|no error)[.!]?$/i.test(
      text.trim(),
    ),
  );
}
