// The words that this script says, from the page: in the language that the interface speaks, with its plural forms.

interface Words {
  /** Where the script of the feed is, fetched when it is needed. */
  feed: string;
  others: string;
  missed: string;
  moving: string;
  alerts: string;
  lang: string;
  dir: string;
  /** The locales, with their digits, of counts in these words and of the blog's dates. */
  numbers: string;
  dates: string[];
  new: Record<string, string>;
  live: string;
  reconnecting: string;
  paused: string;
  closed: string;
  pause: string;
  resume: string;
  copied: string;
  yours: string;
  close: string;
  corrected: string;
  since: Record<"title" | "more" | "figures" | "corrected" | "read" | "kept" | "forget" | "forgotten" | "here" | "newest", string>;
}

export const words = JSON.parse(document.getElementById("words")?.textContent || "{}") as Words;

/** Says of an element that it holds these words: the page around it may be in another language and direction. */
export function speaking<T extends HTMLElement>(element: T): T {
  return Object.assign(element, { lang: words.lang, dir: words.dir });
}

/** Picks the plural form for a number and puts the number in. */
export function count(forms: Record<string, string>, n: number): string {
  const form = forms[new Intl.PluralRules(words.lang).select(n)] || forms.other || "";
  return form.replace("%(n)s", digits(n, words.numbers));
}

/** Writes a number in the digits of the words or dates that it stands with. */
export function digits(n: number, of: string | string[]): string {
  return new Intl.NumberFormat(of, { useGrouping: false }).format(n);
}
