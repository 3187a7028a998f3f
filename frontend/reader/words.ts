// The script's words, which the page has in the interface's language, with its plural forms.

interface Words {
  /** The addresses of scripts that are fetched when they are needed. */
  feed: string;
  others: string;
  missed: string;
  moving: string;
  alerts: string;
  lang: string;
  dir: string;
  /** The locales, with their digits, for counts in these words and for the blog's dates. */
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

/** Gives an element the language and direction of these words; those of the page around it may differ. */
export function setLanguage<T extends HTMLElement>(element: T): T {
  return Object.assign(element, { lang: words.lang, dir: words.dir });
}

// Each takes milliseconds to make, and a burst of posts asks for them once a post.
const plural = new Intl.PluralRules(words.lang);
const formats = new Map<string, Intl.NumberFormat>();

/** Returns the plural form for a number, with the number in it. */
export function count(forms: Record<string, string>, n: number): string {
  const form = forms[plural.select(n)] || forms.other || "";
  return form.replace("%(n)s", digits(n, words.numbers));
}

/** Writes a number in a locale's digits. */
export function digits(n: number, of: string | string[]): string {
  const key = String(of);
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(of, { useGrouping: false }));
  return formats.get(key)!.format(n);
}
