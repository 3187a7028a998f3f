// The words that this script says, from the page; in the page's language, with its plural forms.

interface Words {
  lang: string;
  new: Record<string, string>;
  live: string;
  reconnecting: string;
  paused: string;
  closed: string;
  pause: string;
  resume: string;
  copied: string;
  yours: string;
}

export const words = JSON.parse(document.getElementById("words")?.textContent || "{}") as Words;

/** Picks the plural form for a number and puts the number in. */
export function count(forms: Record<string, string>, n: number): string {
  const form = forms[new Intl.PluralRules(words.lang).select(n)] || forms.other || "";
  return form.replace("%(n)s", String(n));
}
