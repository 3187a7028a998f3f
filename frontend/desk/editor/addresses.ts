// Web addresses, by the rules of core/urls.py: which a link may have, and where one in running text begins and ends. The
// server decides; this only saves waiting for its refusal.

const NEVER_IN_URL =
  // eslint-disable-next-line no-control-regex
  /[\x00-\x20\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\uffff\\<>"`^{|}]/;
const URL_CHARS = 2048;

/** Whether a link may have this address: http, https or mailto, without credentials. */
export function isLinked(url: string): boolean {
  if (/^mailto:/i.test(url)) return url.length <= URL_CHARS && !NEVER_IN_URL.test(url) && url.includes("@");
  return isWeb(url);
}

export function isWeb(url: string): boolean {
  if (url.length > URL_CHARS || NEVER_IN_URL.test(url) || !/^https?:\/\/[^/?#@]+([/?#]|$)/i.test(url)) return false;
  try {
    return new URL(url).port !== "0";
  } catch {
    return false;
  }
}

/** Reads a typed address, also without a scheme, or of a mailbox. "" if it is none. */
export function typed(words: string): string {
  const raw = words.trim();
  if (isLinked(raw)) return raw;
  if (/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(raw)) return ""; // another scheme: never turned into an address
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(raw) && isLinked(`mailto:${raw}`)) return `mailto:${raw}`;
  return /^[^\s/]+\.[^\s/]{2,}/.test(raw) && isWeb(`https://${raw}`) ? `https://${raw}` : "";
}

// Scripts that are written without spaces are no part of an address; neither are marks of direction and of no width.
const IN_TEXT =
  /(?<![a-z0-9])https?:\/\/[^\s<>"“”„«»\u200b-\u200f\u202a-\u202e\u2060-\u2069\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]+/gi;
const OPENED: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/** The positions of addresses in running text, without the punctuation of the sentence. */
export function* foundIn(text: string): Generator<[from: number, to: number]> {
  for (const found of text.matchAll(IN_TEXT)) {
    const end = found.index + ownLength(found[0]);
    const cut = text.startsWith("…", end) || text.startsWith("...", end);
    if (!cut && isWeb(text.slice(found.index, end))) yield [found.index, end];
  }
}

function ownLength(address: string): number {
  const count = (char: string): number => address.split(char).length - 1;
  const unopened: Record<string, number> = {};
  for (const [close, open] of Object.entries(OPENED)) unopened[close] = count(close) - count(open);
  for (let length = address.length; length > 0; length--) {
    const last = address[length - 1] as string;
    if ((unopened[last] ?? 0) > 0) unopened[last]! -= 1;
    else if (!".,;:!?'’‘*_~|…".includes(last)) return length;
  }
  return 0;
}
